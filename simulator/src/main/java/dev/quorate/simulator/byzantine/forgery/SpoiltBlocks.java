package dev.quorate.simulator.byzantine.forgery;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.simulator.clock.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Spoils one block after the other, always in the same way. */
public final class SpoiltBlocks {
  private final BlockFault fault;
  private final List<Transaction> earlier = new ArrayList<>();

  public SpoiltBlocks(BlockFault fault) {
    this.fault = fault;
  }

  /** The block with its fault; one without transactions has none to repeat, and stays as it is. */
  public LedgerBlock spoilt(LedgerBlock block, Chance chance) {
    return switch (fault) {
      case WRONG_PARENT -> ForgedBlocks.on(block, ForgedBlocks.invented(chance));
      case WRONG_HEIGHT -> ForgedBlocks.atHeight(block, block.height().plus(chance.between(1, 12)));
      case WRONG_ROOT -> ForgedBlocks.withHistory(block, otherHistory(block));
      case REPEATED_TRANSACTION -> repeating(block);
      case WRONG_TIME -> {
        var off = Duration.ofMillis(chance.between(-40_000, 40_000));
        yield ForgedBlocks.at(block, block.header().time().plus(off));
      }
    };
  }

  private LedgerBlock repeating(LedgerBlock block) {
    var transactions = new ArrayList<>(block.transactions());
    if (transactions.isEmpty() && earlier.isEmpty()) {
      return block;
    }
    transactions.add(earlier.isEmpty() ? transactions.getFirst() : earlier.removeLast());
    earlier.add(transactions.getFirst());
    return ForgedBlocks.holding(block, transactions);
  }

  private static Bytes otherHistory(LedgerBlock block) {
    var history = block.header().appHash().toArray();
    history[history.length - 1] ^= 1;
    return Bytes.wrap(history);
  }
}
