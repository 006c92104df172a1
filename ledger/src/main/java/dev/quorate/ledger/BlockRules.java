package dev.quorate.ledger;

import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Timeliness;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleTree;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.evidence.EvidenceVerifier;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What may follow what in one network's chain. Pure: a block, its ancestors and genesis decide, no
 * clock is looked at, and every correct validator comes to the same verdict.
 *
 * <p>Whatever a header says is computed anew from the parent's state and the body. The engine's
 * {@link BlockShape} says whether a block carries the commit of its parent, and whether it may hold
 * no transaction. Evidence rides along: up to {@link LedgerBlock#MAX_EVIDENCE} pieces, whose bytes
 * count in {@code max_block_bytes}, but no block is made for it.
 */
public final class BlockRules {
  /** The least by which a block is later than its parent. */
  public static final Duration TICK = Timeliness.TICK;

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

  private final String chainId;
  private final Limits limits;
  private final ValidatorSet validators;
  private final Hash validatorsHash;
  private final Hash consensusHash;
  private final BlockShape.EmptyBlocks emptyBlocks;
  private final LastCommitRules lastCommitRules;
  private final EvidenceRules evidenceRules;

  /**
   * The rules of a network.
   *
   * @param shape of the blocks that its engine makes
   * @param scheme that its validators sign by: Ed25519 outside of simulations
   */
  public BlockRules(Genesis genesis, BlockShape shape, SignatureScheme scheme) {
    this(
        genesis,
        shape,
        scheme,
        new EvidenceVerifier(genesis.chainId(), genesis.validatorSet(), scheme));
  }

  /**
   * The same with a verifier that others use too: what it has proven for them costs no block
   * anything.
   */
  public BlockRules(
      Genesis genesis, BlockShape shape, SignatureScheme scheme, EvidenceVerifier verifier) {
    this.emptyBlocks = shape.emptyBlocks();
    this.lastCommitRules = new LastCommitRules(genesis, shape.lastCommit(), scheme);
    this.chainId = genesis.chainId();
    this.limits = genesis.limits();
    this.validators = genesis.validatorSet();
    this.validatorsHash = HeaderHashes.validators(validators);
    this.consensusHash = limits.consensusHash();
    this.evidenceRules = new EvidenceRules(genesis.initialHeight(), verifier);
  }

  /** The ancestors as far as it does not matter which transactions they hold. */
  private record WithoutTransactions(Ancestors ancestors) implements Ancestors {
    @Override
    public boolean hold(Hash transactionId) {
      return false;
    }

    @Override
    public boolean holdOffence(Hash offence) {
      return ancestors.holdOffence(offence);
    }

    @Override
    public Optional<Instant> timeAt(Height height) {
      return ancestors.timeAt(height);
    }
  }

  /** What goes into a block. */
  public record Filling(
      List<Transaction> transactions, List<DuplicateVoteEvidence> evidence, Commit lastCommit) {
    public Filling {
      transactions = List.copyOf(transactions);
      evidence = List.copyOf(evidence);
    }

    /** Transactions alone. */
    public static Filling of(List<Transaction> transactions) {
      return new Filling(transactions, List.of(), Commit.EMPTY);
    }

    private LedgerBlock.Contents contents() {
      var pieces = evidence.stream().map(DuplicateVoteEvidence::encode).toList();
      return new LedgerBlock.Contents(transactions, pieces, lastCommit);
    }
  }

  /** The same as the other one, for a block of transactions alone. */
  public LedgerBlock build(
      ChainState parent, Instant now, ValidatorId proposer, List<Transaction> transactions) {
    return build(parent, now, proposer, Filling.of(transactions), Ancestors.NONE);
  }

  /** A certificate as the commit that a block carries. */
  public Commit lastCommit(Certificate certificate) {
    return Commit.of(certificate, validators);
  }

  /**
   * A block that passes {@link #check}, given that no transaction stands in an ancestor: its time
   * is {@code now} in whole milliseconds, or just behind the parent's if that is later.
   *
   * <p>Refuses a proposer or a filling that no check would let pass.
   */
  public LedgerBlock build(
      ChainState parent, Instant now, ValidatorId proposer, Filling filling, Ancestors ancestors) {
    var contents = filling.contents();
    var leafHashes = LedgerBlock.leafHashes(contents.transactions());
    var roots =
        new Roots(
            contents.lastCommit().hash(),
            MerkleTree.rootOfLeafHashes(leafHashes),
            MerkleTree.root(contents.evidence()));
    var header = expected(parent, timeAfter(parent.time(), now), proposer, roots);
    var block = LedgerBlock.of(header, contents, leafHashes, roots.data());
    if (check(block, parent, new WithoutTransactions(ancestors))
        instanceof Verdict.Invalid(var reason)) {
      throw new IllegalArgumentException("would build an invalid block: " + reason);
    }
    return block;
  }

  /** Whether a block may follow its parent. */
  public Verdict check(LedgerBlock block, ChainState parent, Ancestors ancestors) {
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
      var roots = new Roots(block.lastCommit().hash(), block.dataHash(), block.evidenceHash());
      verdict = checkHeader(header, expected(parent, header.time(), header.proposer(), roots));
    }
    if (verdict instanceof Verdict.Valid) {
      verdict = verdict(lastCommitRules.fault(block, parent));
    }
    if (verdict instanceof Verdict.Valid) {
      verdict = checkIds(block, ancestors);
    }
    return verdict instanceof Verdict.Valid
        ? verdict(evidenceRules.fault(block, ancestors))
        : verdict;
  }

  /** What the header says of the body. */
  private record Roots(Hash lastCommit, Hash data, Hash evidence) {}

  private Header expected(ChainState parent, Instant time, ValidatorId proposer, Roots roots) {
    return new Header(
        Header.BLOCK_VERSION,
        Genesis.FORMAT,
        chainId,
        parent.height().next(),
        time,
        parent.id(),
        roots.lastCommit(),
        roots.data(),
        validatorsHash,
        validatorsHash,
        consensusHash,
        HeaderHashes.history(parent.history()),
        Hash.NONE,
        roots.evidence(),
        proposer);
  }

  private Verdict checkBody(LedgerBlock block) {
    if (block.encoded().length() > limits.maxBlockBytes()) {
      return invalid(
          "%d bytes are above max_block_bytes %d"
              .formatted(block.encoded().length(), limits.maxBlockBytes()));
    }
    int count = block.transactions().size();
    if (count == 0 && emptyBlocks == BlockShape.EmptyBlocks.NEVER) {
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

  private static Verdict checkIds(LedgerBlock block, Ancestors ancestors) {
    var seen = HashSet.<Hash>newHashSet(block.transactions().size());
    for (var transaction : block.transactions()) {
      if (!seen.add(transaction.id())) {
        return invalid("transaction %s stands in it twice".formatted(transaction.id()));
      }
      if (ancestors.hold(transaction.id())) {
        return invalid("transaction %s stands in an ancestor".formatted(transaction.id()));
      }
    }
    return Verdict.VALID;
  }

  private static Verdict verdict(String fault) {
    return fault.isEmpty() ? Verdict.VALID : invalid(fault);
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
