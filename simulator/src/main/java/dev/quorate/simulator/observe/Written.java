package dev.quorate.simulator.observe;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.LedgerBlock;
import java.util.List;
import java.util.Optional;

/** What one durable write held. */
public sealed interface Written {
  /** One batch of the store: the engine's state, bodies of undelivered blocks, final blocks. */
  record Records(Optional<Bytes> engineState, List<LedgerBlock> bodies, List<LedgerBlock> appended)
      implements Written {
    public Records {
      bodies = List.copyOf(bodies);
      appended = List.copyOf(appended);
    }
  }

  /** One slot of the sign guard. */
  record GuardSlot(int slot, Bytes content) implements Written {}
}
