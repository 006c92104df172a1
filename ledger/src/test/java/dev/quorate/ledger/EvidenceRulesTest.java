package dev.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleTree;
import dev.quorate.ledger.evidence.EvidenceLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Evidence in blocks, as the four's chain of three blocks is extended. */
class EvidenceRulesTest {
  private static final List<LedgerBlock> CHAIN = Four.chain(3);
  private static final ChainState PARENT = DoubleVotes.state(CHAIN);
  private static final LedgerBlock SECOND = CHAIN.get(1);
  private static final DuplicateVoteEvidence GOOD = DoubleVotes.evidence("d", SECOND, 0);

  @Test
  void acceptsProvenEvidenceOfAnyAncestor() {
    for (var ancestor : CHAIN) {
      var block = DoubleVotes.block(CHAIN, "x", DoubleVotes.evidence("d", ancestor, 0));

      assertThat(check(block)).isEqualTo(Verdict.VALID);
      assertThat(LedgerBlock.decode(block.encoded())).contains(block);
    }
  }

  @Test
  void theHeaderCommitsToTheEncodedPiecesInTheirOrder() {
    var other = DoubleVotes.evidence("c", SECOND, 1);
    var block = DoubleVotes.block(CHAIN, "x", GOOD, other);

    assertThat(block.header().evidenceHash())
        .isEqualTo(MerkleTree.root(List.of(GOOD.encode(), other.encode())))
        .isNotEqualTo(DoubleVotes.block(CHAIN, "x", other, GOOD).header().evidenceHash());
    assertThat(block.readEvidence()).contains(List.of(GOOD, other));
  }

  @Test
  void refusesEvidenceThatTheHeaderDoesNotName() {
    var named = DoubleVotes.block(CHAIN, "x", GOOD);
    var without = LedgerBlock.of(named.header(), named.transactions(), Commit.EMPTY);

    assertThat(reason(without)).contains("evidence_hash");
  }

  @Test
  void refusesEvidenceThatCannotBeRead() {
    var extended = new byte[GOOD.encode().length() + 1];
    GOOD.encode().copyTo(extended, 0);

    assertThat(reason(encoded(Bytes.utf8("x")))).contains("canonical");
    assertThat(reason(encoded(Bytes.wrap(extended)))).contains("canonical");
    assertThat(reason(encoded(GOOD.encode(), Bytes.EMPTY))).contains("canonical");
  }

  @Test
  void refusesAHeightThatIsNoAncestors() {
    for (long height : new long[] {0, 4, 5, Long.MAX_VALUE}) {
      var pair = DoubleVotes.pair("d", new Height(height), 0, "one", "other");

      assertThat(reason(holding(DoubleVotes.evidence(pair, Four.GENESIS_TIME))))
          .contains("not of an ancestor");
    }
  }

  @Test
  void refusesAHeightBelowTheFirstBlocks() {
    var genesis = Four.builder().initialHeight(new Height(500)).build();
    var rules = Four.rules(genesis);
    var pair = DoubleVotes.pair("d", new Height(499), 0, "one", "other");
    var evidence = DoubleVotes.evidence(pair, Four.GENESIS_TIME);

    assertThatThrownBy(
            () ->
                rules.build(
                    ChainState.genesis(genesis),
                    Four.GENESIS_TIME,
                    Four.id("a"),
                    new BlockRules.Filling(Four.transactions("x"), List.of(evidence), Commit.EMPTY),
                    new Everything(Four.GENESIS_TIME)))
        .hasMessageContaining("not of an ancestor");
  }

  @Test
  void refusesEvidenceThatIsTooOld() {
    var time = Four.GENESIS_TIME;
    var pair = DoubleVotes.pair("d", new Height(1), 0, "one", "other");
    var evidence = DoubleVotes.evidence(pair, time);
    var oldest = new Height(EvidenceLimits.MAX_AGE);
    var tooLate = oldest.next();

    assertThat(rebuilt(at(oldest, time), evidence, time).height()).isEqualTo(new Height(100_001));
    assertThatThrownBy(() -> rebuilt(at(tooLate, time), evidence, time))
        .hasMessageContaining("more than 100000 heights old");
  }

  @Test
  void refusesAnOffenceTwiceInOneBlockAlsoShownByAnotherPair() {
    var pair = DoubleVotes.pair("d", SECOND.height(), 0, "one", "third");
    var again = DoubleVotes.evidence(pair, SECOND.header().time());

    assertThat(reason(holding(GOOD, GOOD))).contains("stands in it twice");
    assertThat(reason(holding(GOOD, again))).contains("stands in it twice");
  }

  @Test
  void refusesAnOffenceThatStandsInAnAncestorAlsoShownByAnotherPair() {
    var chain = new ArrayList<>(CHAIN);
    chain.add(DoubleVotes.block(CHAIN, "x", GOOD));
    var pair = DoubleVotes.pair("d", SECOND.height(), 0, "one", "third");
    var again = DoubleVotes.evidence(pair, SECOND.header().time());

    for (var piece : List.of(GOOD, again)) {
      assertThatThrownBy(() -> DoubleVotes.block(chain, "y", piece))
          .hasMessageContaining("stands in an ancestor");
    }
    assertThat(DoubleVotes.block(chain, "y", DoubleVotes.evidence("d", SECOND, 1)).evidence())
        .hasSize(1);
  }

  @Test
  void refusesEvidenceThatIsNotProven() {
    var stranger =
        new DuplicateVoteEvidence(
            DoubleVotes.pair("e", SECOND.height(), 0, "one", "other"),
            GOOD.index(),
            4,
            1,
            SECOND.header().time());

    assertThat(reason(holding(DoubleVotes.unsigned("d", SECOND, 0)))).contains("signature");
    assertThat(reason(holding(stranger))).contains("index");
    assertThat(reason(holding(DoubleVotes.evidence(GOOD.pair(), Four.GENESIS_TIME))))
        .contains("the block of its height is of");
    assertThat(
            reason(
                holding(
                    new DuplicateVoteEvidence(
                        GOOD.pair(), GOOD.index(), 4, 2, SECOND.header().time()))))
        .contains("power");
  }

  @Test
  void holdsAsManyPiecesAsMayBeAndNotOneMore() {
    var most =
        IntStream.range(0, LedgerBlock.MAX_EVIDENCE)
            .mapToObj(round -> DoubleVotes.evidence("d", SECOND, round))
            .toList();
    var more = new ArrayList<>(most);
    more.add(DoubleVotes.evidence("d", SECOND, LedgerBlock.MAX_EVIDENCE));

    assertThat(check(holding(most.toArray(DuplicateVoteEvidence[]::new)))).isEqualTo(Verdict.VALID);
    var above = holding(more.toArray(DuplicateVoteEvidence[]::new));
    assertThat(reason(above)).contains("65 pieces of evidence are above 64");
    assertThat(LedgerBlock.decode(above.encoded())).isEmpty();
  }

  @Test
  void aBlockOfEvidenceAloneIsEmpty() {
    assertThatThrownBy(
            () ->
                Four.RULES.build(
                    PARENT,
                    PARENT.time(),
                    Four.id("a"),
                    new BlockRules.Filling(List.of(), List.of(GOOD), Commit.EMPTY),
                    DoubleVotes.ancestors(CHAIN)))
        .hasMessageContaining("no transaction");
  }

  @Test
  void theBytesOfEvidenceCountInTheBlocksBytes() {
    var limits = new Limits(2_048, 4_096, 1_000, 10);
    var rules = Four.rules(Four.genesis(limits));
    var pieces =
        IntStream.range(0, 10).mapToObj(it -> DoubleVotes.evidence("d", SECOND, it)).toList();
    long bytes = pieces.stream().mapToLong(it -> sizeInBlock(it)).sum();

    assertThat(
            DoubleVotes.block(CHAIN, "x", pieces.toArray(DuplicateVoteEvidence[]::new)).encoded())
        .satisfies(
            it ->
                assertThat(it.length() - DoubleVotes.block(CHAIN, "x").encoded().length())
                    .isBetween((int) bytes, (int) bytes + 3));
    assertThatThrownBy(
            () ->
                rules.build(
                    PARENT,
                    PARENT.time(),
                    Four.id("a"),
                    new BlockRules.Filling(Four.transactions("x"), pieces, Commit.EMPTY),
                    DoubleVotes.ancestors(CHAIN)))
        .hasMessageContaining("max_block_bytes");
  }

  private static long sizeInBlock(DuplicateVoteEvidence piece) {
    return LedgerBlock.evidenceSizeInBlock(piece.encode().length());
  }

  /** A fourth block with these pieces, valid or not. */
  private static LedgerBlock holding(DuplicateVoteEvidence... pieces) {
    return DoubleVotes.holding(DoubleVotes.block(CHAIN, "x"), pieces);
  }

  private static LedgerBlock encoded(Bytes... pieces) {
    return DoubleVotes.holding(DoubleVotes.block(CHAIN, "x"), pieces);
  }

  /** A chain that has come to a height. */
  private static ChainState at(Height height, Instant time) {
    return new ChainState(height, CHAIN.getLast().id(), time, PARENT.history());
  }

  private static LedgerBlock rebuilt(
      ChainState parent, DuplicateVoteEvidence evidence, Instant time) {
    return Four.RULES.build(
        parent,
        parent.time(),
        Four.id("a"),
        new BlockRules.Filling(Four.transactions("x"), List.of(evidence), Commit.EMPTY),
        new Everything(time));
  }

  private static Verdict check(LedgerBlock block) {
    return Four.RULES.check(block, PARENT, DoubleVotes.ancestors(CHAIN));
  }

  private static String reason(LedgerBlock block) {
    return check(block) instanceof Verdict.Invalid(var reason) ? reason : "";
  }

  /** Ancestors at every height, all of one time. */
  private record Everything(Instant time) implements Ancestors {
    @Override
    public boolean hold(Hash transactionId) {
      return false;
    }

    @Override
    public boolean holdOffence(Hash offence) {
      return false;
    }

    @Override
    public Optional<Instant> timeAt(Height height) {
      return Optional.of(time);
    }
  }
}
