package dev.quorate.replica.sync;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitVerifier;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.replica.wire.Envelope;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Reads blocks that peers send, and believes that one is final only with a commit that the ledger's
 * own verifier accepts. Safe for use by several threads.
 */
public final class FinalBlockReader {
  private final String chainId;
  private final ValidatorSet validators;
  private final LedgerBlockReader reader;
  private final SignatureScheme scheme;

  public FinalBlockReader(Genesis genesis, SignatureScheme scheme) {
    this.chainId = genesis.chainId();
    this.validators = genesis.validatorSet();
    this.reader = new LedgerBlockReader(genesis.limits());
    this.scheme = scheme;
  }

  /** The block that exactly these bytes encode, if they do. */
  public Optional<Block> readBlock(Bytes encoded) {
    return reader.read(encoded);
  }

  /** The blocks of an answer up to the first that is not proven to be final. */
  public SyncItem.FinalArrived read(Envelope.CommittedAnswer answer) {
    var proven = new ArrayList<SyncItem.Proven>();
    for (var it : answer.blocks()) {
      var next = prove(it);
      if (next.isEmpty()) {
        return new SyncItem.FinalArrived(proven, false);
      }
      proven.add(next.get());
    }
    return new SyncItem.FinalArrived(proven, true);
  }

  private Optional<SyncItem.Proven> prove(Envelope.FinalBlock encoded) {
    var block = reader.readBlock(encoded.block());
    var commit = Commit.decode(encoded.commit());
    if (block.isEmpty() || commit.isEmpty()) {
      return Optional.empty();
    }
    return isProven(block.get(), commit.get())
        ? Optional.of(
            new SyncItem.Proven(
                block.get().toBlock(), commit.get().toCertificate(block.get().header().time())))
        : Optional.empty();
  }

  private boolean isProven(LedgerBlock block, Commit commit) {
    return switch (CommitVerifier.verify(
        commit, block.id(), block.header(), validators, chainId, scheme)) {
      case CommitVerifier.Result.Proven() -> true;
      case CommitVerifier.Result.Refused(_) -> false;
    };
  }
}
