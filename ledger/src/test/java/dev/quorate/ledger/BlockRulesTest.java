package dev.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleTree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BlockRulesTest {
  private static final LedgerBlock FIRST = Four.block(Four.START, "one", "two", "three");
  private static final ChainState AFTER_FIRST = Four.START.after(FIRST);
  private static final LedgerBlock SECOND = Four.block(AFTER_FIRST, "four");

  @Test
  void acceptsWhatItBuilds() {
    assertThat(check(FIRST, Four.START)).isEqualTo(Verdict.VALID);
    assertThat(check(SECOND, AFTER_FIRST)).isEqualTo(Verdict.VALID);
  }

  @Test
  void beginsAChainWithoutParentAndHistory() {
    var header = FIRST.header();

    assertThat(header.height()).isEqualTo(new Height(1));
    assertThat(header.lastBlockId()).isEqualTo(BlockId.NONE);
    assertThat(header.lastCommitHash()).isEqualTo(Hash.sha256());
    assertThat(header.appHash().hex()).isEqualTo("00".repeat(8) + Hash.sha256().hex());
    assertThat(header.lastResultsHash().isNone()).isTrue();
    assertThat(header.evidenceHash()).isEqualTo(Hash.sha256());
    assertThat(header.blockVersion()).isEqualTo(11);
    assertThat(header.appVersion()).isEqualTo(1);
  }

  @Test
  void commitsToTheHistoryUpToAndWithTheParent() {
    var ids = FIRST.transactions().stream().map(it -> it.id().bytes()).toList();

    assertThat(SECOND.header().lastBlockId()).isEqualTo(FIRST.id());
    assertThat(SECOND.header().appHash().hex())
        .isEqualTo("00".repeat(7) + "03" + MerkleTree.root(ids).hex());
    assertThat(FIRST.header().dataHash()).isEqualTo(MerkleTree.root(ids));
  }

  @Test
  void startsAtTheInitialHeight() {
    var genesis = Four.builder().initialHeight(new Height(500)).build();
    var start = ChainState.genesis(genesis);

    var block =
        Four.rules(genesis).build(start, Four.GENESIS_TIME, Four.id("b"), Four.transactions("x"));

    assertThat(block.height()).isEqualTo(new Height(500));
    assertThat(start.after(block).height()).isEqualTo(new Height(500));
  }

  @Test
  void takesTheClockInMillisecondsOrTheInstantAfterTheParent() {
    var parent = Four.START.time();

    assertThat(builtAt(parent.plusNanos(7_999_999))).isEqualTo(parent.plusMillis(7));
    assertThat(builtAt(parent.plusMillis(1))).isEqualTo(parent.plusMillis(1));
    assertThat(builtAt(parent)).isEqualTo(parent.plusMillis(1));
    assertThat(builtAt(parent.minusSeconds(60))).isEqualTo(parent.plusMillis(1));
  }

  @Test
  void isInWholeMillisecondsAlsoAfterAParentThatIsNot() {
    var parent =
        new ChainState(
            new Height(4), FIRST.id(), Four.GENESIS_TIME.plusNanos(1), AFTER_FIRST.history());

    var block = Four.RULES.build(parent, Four.GENESIS_TIME, Four.id("a"), Four.transactions("x"));

    assertThat(block.header().time()).isEqualTo(Four.GENESIS_TIME.plusMillis(2));
    assertThat(check(block, parent)).isEqualTo(Verdict.VALID);
  }

  @Test
  void refusesATimeThatIsNotAMillisecondAfterTheParent() {
    var least = Four.START.time().plusMillis(1);

    assertThat(check(variant(it -> it.time = least), Four.START)).isEqualTo(Verdict.VALID);
    assertInvalid(it -> it.time = least.minusNanos(1), "time");
    assertInvalid(it -> it.time = Four.START.time(), "time");
    assertInvalid(it -> it.time = Four.START.time().minus(Duration.ofDays(1)), "time");
  }

  @Test
  void recomputesEveryOtherFieldOfTheHeader() {
    var other = Hash.sha256(Bytes.utf8("other"));

    assertInvalid(it -> it.blockVersion = 10, "version.block is 10");
    assertInvalid(it -> it.appVersion = 2, "version.app is 2");
    assertInvalid(it -> it.chainId = "five", "chain_id is five");
    assertInvalid(it -> it.height = new Height(2), "height is 2");
    assertInvalid(it -> it.lastBlockId = SECOND.id(), "last_block_id");
    assertInvalid(it -> it.lastCommitHash = other, "last_commit_hash");
    assertInvalid(it -> it.lastCommitHash = Hash.NONE, "last_commit_hash");
    assertInvalid(it -> it.dataHash = other, "data_hash");
    assertInvalid(it -> it.validatorsHash = other, "validators_hash");
    assertInvalid(it -> it.nextValidatorsHash = other, "next_validators_hash");
    assertInvalid(it -> it.consensusHash = other, "consensus_hash");
    assertInvalid(it -> it.appHash = other.bytes(), "app_hash");
    assertInvalid(it -> it.lastResultsHash = Hash.sha256(), "last_results_hash");
    assertInvalid(it -> it.evidenceHash = Hash.NONE, "evidence_hash");
    assertInvalid(it -> it.proposer = Four.id("e"), "proposer");
    assertThat(check(variant(it -> it.proposer = Four.id("d")), Four.START))
        .isEqualTo(Verdict.VALID);
  }

  @Test
  void comparesAllOfTheParentsId() {
    var parts = SECOND.id().parts();

    assertInvalid(it -> it.lastBlockId = new BlockId(Hash.NONE, parts), "last_block_id");
  }

  @Test
  void refusesBodiesThatTheHeaderDoesNotName() {
    var moved = LedgerBlock.of(FIRST.header(), FIRST.transactions().reversed(), Commit.EMPTY);
    var shorter = LedgerBlock.of(FIRST.header(), FIRST.transactions().subList(0, 2), Commit.EMPTY);

    assertThat(reason(check(moved, Four.START))).contains("data_hash");
    assertThat(reason(check(shorter, Four.START))).contains("data_hash");
  }

  @Test
  void refusesAnEmptyBlock() {
    var empty = bodied(List.of());

    assertThat(reason(check(empty, Four.START))).contains("no transaction");
    assertThatThrownBy(() -> Four.block(Four.START)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesACommitInABlock() {
    var commit = Four.commit(FIRST, 0, "a", "b", "c");
    var carrying = LedgerBlock.of(FIRST.header(), FIRST.transactions(), commit);

    assertThat(reason(check(carrying, Four.START))).contains("commit");
  }

  @Test
  void refusesATransactionThatStandsInTheBlockTwice() {
    var twice = bodied(Four.transactions("one", "two", "one"));

    assertThat(reason(check(twice, Four.START))).contains("twice");
  }

  @Test
  void refusesATransactionThatStandsInAnAncestor() {
    var known = Set.of(FIRST.transactions().get(2).id());

    var ancestors = new Holding(known);

    assertThat(reason(Four.RULES.check(FIRST, Four.START, ancestors)))
        .contains("ancestor")
        .contains(FIRST.transactions().get(2).id().hex());
  }

  @Test
  void holdsTheLimitsOfTheNetwork() {
    var limits = new Limits(2_048, 4_096, 1_000, 10);
    var genesis = Four.genesis(limits);
    var rules = Four.rules(genesis);
    var start = ChainState.genesis(genesis);
    var atLimit = List.of(sized(2_048));
    var above = List.of(sized(2_049));
    var tooMany = List.of(sized(2_048), sized(2_047));

    assertThat(
            rules.check(
                rules.build(start, Four.GENESIS_TIME, Four.id("a"), atLimit),
                start,
                Ancestors.NONE))
        .isEqualTo(Verdict.VALID);
    assertThatThrownBy(() -> rules.build(start, Four.GENESIS_TIME, Four.id("a"), above))
        .hasMessageContaining("max_tx_bytes");
    assertThatThrownBy(() -> rules.build(start, Four.GENESIS_TIME, Four.id("a"), tooMany))
        .hasMessageContaining("max_block_bytes");
  }

  @Test
  void buildsTheSameBlockFromTheSameInput() {
    assertThat(Four.block(Four.START, "one", "two", "three").encoded()).isEqualTo(FIRST.encoded());
  }

  @Test
  void followsOnlyItsParent() {
    assertThat(reason(check(SECOND, Four.START))).isNotEmpty();
    assertThatThrownBy(() -> Four.START.after(SECOND)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AFTER_FIRST.after(FIRST)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Instant builtAt(Instant now) {
    return Four.RULES.build(Four.START, now, Four.id("a"), Four.transactions("x")).header().time();
  }

  private static Transaction sized(int bytes) {
    return Transaction.of(Bytes.wrap(new byte[bytes]));
  }

  /** The first block with another body, and a header that names it. */
  private static LedgerBlock bodied(List<Transaction> transactions) {
    var draft = new Draft(FIRST.header());
    draft.dataHash = MerkleTree.rootOfLeafHashes(LedgerBlock.leafHashes(transactions));
    return LedgerBlock.of(draft.header(), transactions, Commit.EMPTY);
  }

  private static void assertInvalid(Consumer<Draft> change, String reason) {
    assertThat(reason(check(variant(change), Four.START))).contains(reason);
  }

  /** The first block with another header. */
  private static LedgerBlock variant(Consumer<Draft> change) {
    var draft = new Draft(FIRST.header());
    change.accept(draft);
    return LedgerBlock.of(draft.header(), new ArrayList<>(FIRST.transactions()), Commit.EMPTY);
  }

  private static Verdict check(LedgerBlock block, ChainState parent) {
    return Four.RULES.check(block, parent, Ancestors.NONE);
  }

  private static String reason(Verdict verdict) {
    return verdict instanceof Verdict.Invalid(var reason) ? reason : "";
  }

  /** Ancestors with these transactions. */
  private record Holding(Set<Hash> transactions) implements Ancestors {
    @Override
    public boolean hold(Hash transactionId) {
      return transactions.contains(transactionId);
    }

    @Override
    public boolean holdOffence(Hash offence) {
      return false;
    }

    @Override
    public Optional<Instant> timeAt(Height height) {
      return Optional.empty();
    }
  }

  /** A header whose fields can be changed one at a time. */
  private static final class Draft {
    private long blockVersion;
    private long appVersion;
    private String chainId;
    private Height height;
    private Instant time;
    private BlockId lastBlockId;
    private Hash lastCommitHash;
    private Hash dataHash;
    private Hash validatorsHash;
    private Hash nextValidatorsHash;
    private Hash consensusHash;
    private Bytes appHash;
    private Hash lastResultsHash;
    private Hash evidenceHash;
    private ValidatorId proposer;

    Draft(Header header) {
      blockVersion = header.blockVersion();
      appVersion = header.appVersion();
      chainId = header.chainId();
      height = header.height();
      time = header.time();
      lastBlockId = header.lastBlockId();
      lastCommitHash = header.lastCommitHash();
      dataHash = header.dataHash();
      validatorsHash = header.validatorsHash();
      nextValidatorsHash = header.nextValidatorsHash();
      consensusHash = header.consensusHash();
      appHash = header.appHash();
      lastResultsHash = header.lastResultsHash();
      evidenceHash = header.evidenceHash();
      proposer = header.proposer();
    }

    Header header() {
      return new Header(
          blockVersion,
          appVersion,
          chainId,
          height,
          time,
          lastBlockId,
          lastCommitHash,
          dataHash,
          validatorsHash,
          nextValidatorsHash,
          consensusHash,
          appHash,
          lastResultsHash,
          evidenceHash,
          proposer);
    }
  }
}
