package dev.quorate.ledger.store;

import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.Ancestors;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitVerifier;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Location;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.ledger.evidence.CommittedEvidence;
import dev.quorate.ledger.evidence.EvidencePlace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Audits a whole chain against nothing but its genesis: what a node has stored is believed in no
 * point.
 *
 * <p>From the first height to the tip, without a gap: every header is computed anew from the block
 * before and its own body (hash chain, {@code data_hash}, history in {@code app_hash}, all other
 * rules of {@link BlockRules}), every signature of every commit and of all evidence is verified,
 * and what the store answers about the block, its parts, its transactions and its evidence is
 * compared with the block. Memory is that of one block, however long the chain.
 */
public final class ChainVerifier {
  /** Pieces of evidence looked at together. */
  private static final int PAGE = 256;

  private final Genesis genesis;
  private final SignatureScheme scheme;
  private final BlockRules rules;

  /**
   * An audit of the chains of one network.
   *
   * @param shape of the blocks that its engine makes
   */
  public ChainVerifier(Genesis genesis, BlockShape shape, SignatureScheme scheme) {
    this.genesis = genesis;
    this.scheme = scheme;
    this.rules = new BlockRules(genesis, shape, scheme);
  }

  /** What came of an audit. */
  public sealed interface Result {
    /**
     * Everything is as it should be.
     *
     * @param height of the newest block; the one before the initial height if there is none
     * @param block its hash; {@link Hash#NONE} if there is none
     */
    record Ok(Height height, Hash block, long transactions) implements Result {}

    /** The first thing that is not, and where. */
    record Broken(Height height, String what) implements Result {}
  }

  /**
   * Audits the chain that is there now.
   *
   * @param progress is shown the chain after each block
   */
  public Result verify(ChainReader chain, Consumer<ChainState> progress) {
    var state = ChainState.genesis(genesis);
    long evidence = 0;
    try {
      var tip = chain.tip();
      if (tip.isEmpty()) {
        return new Result.Ok(state.height(), Hash.NONE, 0);
      }
      while (tip.get().height().isAbove(state.height())) {
        var next = state.height().next();
        var stored = chain.block(next);
        if (stored.isEmpty()) {
          return new Result.Broken(next, "there is no block");
        }
        var fault = fault(chain, state, stored.get());
        if (fault.isPresent()) {
          return new Result.Broken(next, fault.get());
        }
        state = state.after(stored.get().block());
        evidence += stored.get().block().evidence().size();
        progress.accept(state);
      }
      long listed = countEvidence(chain);
      if (listed != evidence) {
        return new Result.Broken(
            state.height(),
            "the store lists %d pieces of evidence, the chain holds %d"
                .formatted(listed, evidence));
      }
      return state.equals(tip.get())
          ? new Result.Ok(state.height(), state.id().hash(), state.history().size())
          : new Result.Broken(state.height(), "the tip is %s, not %s".formatted(tip.get(), state));
    } catch (StorageException e) {
      return new Result.Broken(state.height().next(), String.valueOf(e.getMessage()));
    }
  }

  /** The same for a store on disk, whose index must also hold nothing that the chain does not. */
  public Result verify(LmdbChainStore chain, Consumer<ChainState> progress) {
    return switch (verify((ChainReader) chain, progress)) {
      case Result.Broken broken -> broken;
      case Result.Ok ok when chain.indexedTransactions() != ok.transactions() ->
          new Result.Broken(
              ok.height(),
              "the index holds %d transactions, the chain %d"
                  .formatted(chain.indexedTransactions(), ok.transactions()));
      case Result.Ok ok when chain.indexedOffences() != countEvidence(chain) ->
          new Result.Broken(
              ok.height(),
              "%d offences are indexed, the chain has %d pieces of evidence"
                  .formatted(chain.indexedOffences(), countEvidence(chain)));
      case Result.Ok ok -> ok;
    };
  }

  /**
   * What is known of the ancestors is on the chain that is audited, up to the block in question.
   */
  private record Audited(ChainReader chain) implements Ancestors {
    /** An id that stands in two blocks leads to one of them only: the other one disagrees. */
    @Override
    public boolean hold(Hash transactionId) {
      return false;
    }

    /** Likewise. */
    @Override
    public boolean holdOffence(Hash offence) {
      return false;
    }

    @Override
    public Optional<Instant> timeAt(Height height) {
      return chain.header(height).map(Header::time);
    }
  }

  private Optional<String> fault(ChainReader chain, ChainState parent, StoredBlock stored) {
    var block = stored.block();
    if (rules.check(block, parent, new Audited(chain)) instanceof Verdict.Invalid(var reason)) {
      return Optional.of("the block is not valid: " + reason);
    }
    var proof =
        CommitVerifier.verify(
            stored.commit(),
            block.id(),
            block.header(),
            genesis.validatorSet(),
            genesis.chainId(),
            scheme);
    if (proof instanceof CommitVerifier.Result.Refused(var reason)) {
      return Optional.of("the commit is not valid: " + reason);
    }
    return disagreement(chain, parent, stored);
  }

  /** Where the store answers something else than the block says. */
  private static Optional<String> disagreement(
      ChainReader chain, ChainState parent, StoredBlock stored) {
    var block = stored.block();
    if (stored.firstSequence() != parent.history().size()) {
      return Optional.of(
          "its first sequence is %d, not %d"
              .formatted(stored.firstSequence(), parent.history().size()));
    }
    Optional<Header> header = chain.header(block.height());
    Optional<Commit> commit = chain.commit(block.height());
    if (!header.equals(Optional.of(block.header()))
        || !commit.equals(Optional.of(stored.commit()))) {
      return Optional.of("header or commit read alone are not those of the block");
    }
    var found = chain.heightOf(block.id().hash());
    if (!found.equals(Optional.of(block.height()))) {
      return Optional.of("its hash leads to height " + found.map(Height::toString).orElse("none"));
    }
    for (int i = 0; i < block.transactions().size(); i++) {
      var id = block.transactions().get(i).id();
      var expected = new Location(block.height(), i, stored.firstSequence() + i);
      var located = chain.locate(id);
      if (!located.equals(Optional.of(expected))) {
        return Optional.of(
            "transaction %s of index %d leads to %s"
                .formatted(id, i, located.map(Location::toString).orElse("nothing")));
      }
    }
    return evidenceDisagreement(chain, block);
  }

  private static Optional<String> evidenceDisagreement(ChainReader chain, LedgerBlock block) {
    var pieces = block.readEvidence().orElse(List.of());
    for (int i = 0; i < pieces.size(); i++) {
      var expected = new EvidencePlace(block.height(), i);
      var located = chain.evidence().locate(pieces.get(i).offence().id());
      if (!located.equals(Optional.of(expected))) {
        return Optional.of(
            "the offence of evidence %d leads to %s"
                .formatted(i, located.map(EvidencePlace::toString).orElse("nothing")));
      }
      var listed = chain.evidence().committed(expected, 1);
      if (!listed.equals(List.of(new CommittedEvidence(expected, pieces.get(i))))) {
        return Optional.of("the store lists other evidence at " + expected);
      }
    }
    return Optional.empty();
  }

  private static long countEvidence(ChainReader chain) {
    long count = 0;
    var page = chain.evidence().committed(EvidencePlace.FIRST, PAGE);
    while (!page.isEmpty()) {
      count += page.size();
      page = chain.evidence().committed(page.getLast().place().next(), PAGE);
    }
    return count;
  }
}
