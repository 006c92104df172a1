package dev.quorate.replica.wire;

import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import java.util.List;

/** One frame between two replicas. */
public sealed interface Envelope {
  /** A message of the engine, in the engine's own format. */
  record EngineMessage(Bytes encoded) implements Envelope {}

  /** Transactions on their way to whoever proposes next; at least one, none of them empty. */
  record Transactions(List<Bytes> transactions) implements Envelope {
    public Transactions {
      transactions = List.copyOf(transactions);
      if (transactions.isEmpty()) {
        throw new IllegalArgumentException("a frame without transactions");
      }
    }
  }

  /** Asks for the body of one block. */
  record BlockRequest(BlockId id, Height height) implements Envelope {
    public BlockRequest {
      if (!id.isComplete()) {
        throw new IllegalArgumentException("a request for no block");
      }
    }
  }

  /** A block in the ledger's encoding: the answer to {@link BlockRequest}. */
  record BlockAnswer(Bytes block) implements Envelope {}

  /** Asks for final blocks, both ends included. */
  record CommittedRequest(Height from, Height to) implements Envelope {
    public CommittedRequest {
      if (from.isAbove(to)) {
        throw new IllegalArgumentException("blocks from " + from + " to " + to);
      }
    }
  }

  /**
   * Final blocks in order, the first of them at {@code from}: as many of those asked for as fit
   * into the frame, none where there are none.
   */
  record CommittedAnswer(Height from, List<FinalBlock> blocks) implements Envelope {
    public CommittedAnswer {
      blocks = List.copyOf(blocks);
    }
  }

  /** Asks for what the peer holds that the sender of this has signed; see {@link HeardEnd}. */
  record HeardRequest() implements Envelope {}

  /**
   * Follows the engine messages that answer a {@link HeardRequest}, and says how far their sender
   * is.
   */
  record HeardEnd(Standing standing) implements Envelope {}

  /** Proofs that validators voted twice, in CometBFT's encoding; at least one, none empty. */
  record Evidence(List<Bytes> pieces) implements Envelope {
    public Evidence {
      pieces = List.copyOf(pieces);
      if (pieces.isEmpty()) {
        throw new IllegalArgumentException("a frame without evidence");
      }
    }
  }

  /** A final block and a commit that proves it so, in the ledger's encodings. */
  record FinalBlock(Bytes block, Bytes commit) {
    /** Bytes of both. */
    public int length() {
      return block.length() + commit.length();
    }
  }
}
