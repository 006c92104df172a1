package dev.quorate.ledger;

import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleTree;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What may follow what in one network's chain. Pure: a block, its ancestors and genesis decide, no
 * clock is looked at, and every correct validator comes to the same verdict.
 *
 * <p>Whatever a header says is computed anew from the parent's state and the body. Blocks are never
 * empty, carry no commit of their parent (every block's commit is stored beside it) and, in this
 * version, no evidence.
 */
public final class BlockRules {
  /** The least by which a block is later than its parent. */
  public static final Duration TICK = Duration.ofMillis(1);

  /** One thing that a header says, under CometBFT's name for it. */
  private record Field(String name, Function<Header, Object> of) {}

  /** Whatever follows from the parent and the body: all fields but time and proposer. */
  private static final List<Field> FIELDS =
      List.of(
          new Field("version.block", Header::blockVersion),
          new Field("version.app", Header::appVersion),
          new Field("chain_id", Header::chainId),
          new Field("height", Header::height),
          new Field("last_block_id", Header::lastBlockId),
          new Field("last_commit_hash", Header::lastCommitHash),
          new Field("data_hash", Header::dataHash),
          new Field("validators_hash", Header::validatorsHash),
          new Field("next_validators_hash", Header::nextValidatorsHash),
          new Field("consensus_hash", Header::consensusHash),
          new Field("app_hash", Header::appHash),
          new Field("last_results_hash", Header::lastResultsHash),
          new Field("evidence_hash", Header::evidenceHash));

  private static final Hash NO_COMMIT = Commit.EMPTY.hash();

  private final String chainId;
  private final Limits limits;
  private final ValidatorSet validators;
  private final Hash validatorsHash;
  private final Hash consensusHash;

  public BlockRules(Genesis genesis) {
    this.chainId = genesis.chainId();
    this.limits = genesis.limits();
    this.validators = genesis.validatorSet();
    this.validatorsHash = HeaderHashes.validators(validators);
    this.consensusHash = limits.consensusHash();
  }

  /**
   * A block that passes {@link #check}, given that no transaction stands in an ancestor: its time
   * is {@code now} in whole milliseconds, or just behind the parent's if that is later.
   *
   * <p>Refuses a proposer or transactions that no check would let pass.
   */
  public LedgerBlock build(
      ChainState parent, Instant now, ValidatorId proposer, List<Transaction> transactions) {
    var contents = new LedgerBlock.Contents(transactions, List.of(), Commit.EMPTY);
    var leafHashes = LedgerBlock.leafHashes(contents.transactions());
    var dataHash = MerkleTree.rootOfLeafHashes(leafHashes);
    var header = expected(parent, timeAfter(parent.time(), now), proposer, dataHash);
    var block = LedgerBlock.of(header, contents, leafHashes, dataHash);
    if (check(block, parent, id -> false) instanceof Verdict.Invalid(var reason)) {
      throw new IllegalArgumentException("would build an invalid block: " + reason);
    }
    return block;
  }

  /**
   * Whether a block may follow its parent.
   *
   * @param inAncestors whether a transaction id stands in any ancestor, delivered or not
   */
  public Verdict check(LedgerBlock block, ChainState parent, Predicate<Hash> inAncestors) {
    var header = block.header();
    if (header.time().isBefore(parent.time().plus(TICK))) {
      return invalid(
          "time %s is not after the parent's %s".formatted(header.time(), parent.time()));
    }
    if (!validators.contains(header.proposer())) {
      return invalid("proposer %s is no validator".formatted(header.proposer()));
    }
    var verdict = checkBody(block);
    if (verdict instanceof Verdict.Valid) {
      var expected = expected(parent, header.time(), header.proposer(), block.dataHash());
      verdict = checkHeader(header, expected);
    }
    return verdict instanceof Verdict.Valid ? checkIds(block, inAncestors) : verdict;
  }

  private Header expected(ChainState parent, Instant time, ValidatorId proposer, Hash dataHash) {
    return new Header(
        Header.BLOCK_VERSION,
        Genesis.FORMAT,
        chainId,
        parent.height().next(),
        time,
        parent.id(),
        NO_COMMIT,
        dataHash,
        validatorsHash,
        validatorsHash,
        consensusHash,
        HeaderHashes.history(parent.history()),
        Hash.NONE,
        MerkleTree.EMPTY_ROOT,
        proposer);
  }

  private Verdict checkBody(LedgerBlock block) {
    if (block.encoded().length() > limits.maxBlockBytes()) {
      return invalid(
          "%d bytes are above max_block_bytes %d"
              .formatted(block.encoded().length(), limits.maxBlockBytes()));
    }
    if (!block.lastCommit().equals(Commit.EMPTY)) {
      return invalid("it carries a commit, which stands beside the block here");
    }
    if (!block.evidence().isEmpty()) {
      return invalid("it carries evidence, which this version does not put into blocks");
    }
    int count = block.transactions().size();
    if (count == 0) {
      return invalid("it holds no transaction");
    }
    if (count > Limits.MAX_BLOCK_TRANSACTIONS) {
      return invalid(
          "%d transactions are above %d".formatted(count, Limits.MAX_BLOCK_TRANSACTIONS));
    }
    for (int i = 0; i < count; i++) {
      int length = block.transactions().get(i).bytes().length();
      if (length > limits.maxTxBytes()) {
        return invalid(
            "%d bytes of transaction %d are above max_tx_bytes %d"
                .formatted(length, i, limits.maxTxBytes()));
      }
    }
    return Verdict.VALID;
  }

  private static Verdict checkHeader(Header is, Header expected) {
    for (var field : FIELDS) {
      var found = field.of().apply(is);
      var wanted = field.of().apply(expected);
      if (!found.equals(wanted)) {
        return invalid("%s is %s, not %s".formatted(field.name(), found, wanted));
      }
    }
    return Verdict.VALID;
  }

  private static Verdict checkIds(LedgerBlock block, Predicate<Hash> inAncestors) {
    var seen = HashSet.<Hash>newHashSet(block.transactions().size());
    for (var transaction : block.transactions()) {
      if (!seen.add(transaction.id())) {
        return invalid("transaction %s stands in it twice".formatted(transaction.id()));
      }
      if (inAncestors.test(transaction.id())) {
        return invalid("transaction %s stands in an ancestor".formatted(transaction.id()));
      }
    }
    return Verdict.VALID;
  }

  /** In whole milliseconds. */
  private static Instant timeAfter(Instant parent, Instant now) {
    var least = parent.plus(TICK);
    var floor = least.truncatedTo(ChronoUnit.MILLIS);
    var earliest = floor.equals(least) ? floor : floor.plus(TICK);
    var clock = now.truncatedTo(ChronoUnit.MILLIS);
    return clock.isAfter(earliest) ? clock : earliest;
  }

  private static Verdict invalid(String reason) {
    return new Verdict.Invalid(reason);
  }
}
