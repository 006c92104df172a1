package dev.quorate.gateway.stream;

import dev.quorate.gateway.http.LedgerHeight;
import dev.quorate.ledger.StoredBlock;
import org.jspecify.annotations.Nullable;

/**
 * One client's walk along the chain. It knows only its next place; {@link #advance()} sends what is
 * there and fits, a bounded piece at a time. Belongs to the streams' thread.
 */
final class Subscription {
  /** What one turn may send before others have theirs. */
  static final int FRAMES_PER_TURN = 512;

  /** What one turn may read. */
  static final int BLOCKS_PER_TURN = 16;

  private final RecentBlocks chain;
  private final LedgerHeight height;
  private final Outbound outbound;
  private final Frames frames;
  private final Wish wish;

  private Position next;
  private @Nullable StoredBlock current;
  private boolean caughtUp;

  /** What a turn ended with. */
  enum Turn {
    /** There is more and it fits: another turn, please. */
    MORE,
    /** The client has to take something first. */
    FULL,
    /** The next block does not exist yet. */
    AT_TIP
  }

  Subscription(
      RecentBlocks chain,
      LedgerHeight height,
      Outbound outbound,
      Frames frames,
      Wish wish,
      Position next) {
    this.chain = chain;
    this.height = height;
    this.outbound = outbound;
    this.frames = frames;
    this.wish = wish;
    this.next = next;
  }

  Frames frames() {
    return frames;
  }

  /** One turn. */
  Turn advance() {
    var turn = walk();
    outbound.flush();
    return turn;
  }

  /** Where a client that has seen all up to here resumes: the place before the next one. */
  String resume() {
    if (next.index() >= 0) {
      return new Position(next.height(), next.index() - 1).toString();
    }
    if (next.height() == 0) {
      return "0";
    }
    long before = next.height() - 1;
    int transactions = chain.at(before).map(it -> it.block().transactions().size()).orElse(0);
    return new Position(before, transactions - 1).toString();
  }

  private Turn walk() {
    int sent = 0;
    for (int blocks = 0; blocks < BLOCKS_PER_TURN; blocks++) {
      var block = current != null ? current : chain.at(next.height()).orElse(null);
      if (block == null) {
        return atTip();
      }
      current = block;
      int size = block.block().transactions().size();
      while (next.index() < size) {
        if (outbound.isFull()) {
          return Turn.FULL;
        }
        if (sent == FRAMES_PER_TURN) {
          return Turn.MORE;
        }
        sent += send(block) ? 1 : 0;
        next = next.next();
        if (!wish.transactions()) {
          break;
        }
      }
      next = next.nextBlock();
      current = null;
    }
    return Turn.MORE;
  }

  private boolean send(StoredBlock block) {
    if (next.index() == Position.BLOCK) {
      if (wish.blocks()) {
        outbound.send(frames.block(block));
      }
      return wish.blocks();
    }
    if (wish.transactions()) {
      var transaction = block.block().transactions().get(next.index());
      outbound.send(frames.transaction(next, transaction, wish.payloads()));
    }
    return wish.transactions();
  }

  private Turn atTip() {
    if (!caughtUp && !outbound.isFull()) {
      caughtUp = true;
      outbound.send(frames.caughtUp(Math.min(next.height() - 1, height.value())));
    }
    return Turn.AT_TIP;
  }
}
