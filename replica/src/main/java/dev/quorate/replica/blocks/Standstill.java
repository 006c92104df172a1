package dev.quorate.replica.blocks;

import dev.quorate.consensus.core.vote.BlockId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets go of proposals that have come to nothing.
 *
 * <p>What stands between the tip and the head waits for these blocks to become final, and is passed
 * on to nobody meanwhile. But a head can be a block that nobody votes for any more: it came when
 * its round was over, or was found on disk. Whoever alone knows its transactions must not keep them
 * for it for ever. So when neither the head nor the tip has moved for a while, nothing counts as
 * proposed any more; whoever builds or checks a block on that chain takes it up again.
 */
public final class Standstill {
  private final Blocks blocks;
  private final Duration patience;
  private Optional<BlockId> head = Optional.empty();
  private BlockId tip;
  private Instant since = Instant.MAX;

  /**
   * Nothing stands still yet.
   *
   * @param patience {@code T_complain}
   */
  public Standstill(Blocks blocks, Duration patience) {
    this.blocks = blocks;
    this.patience = patience;
    this.tip = blocks.tip().id();
  }

  /** The beginning of a turn, which may be the end of a standstill. */
  public void advance(Instant now) {
    if (!now.isBefore(nextDeadline()) && !hasMoved()) {
      blocks.abandon();
      head = Optional.empty();
      since = Instant.MAX;
    }
  }

  /** Looks whether anything has moved in this turn. */
  public void endOfTurn(Instant now) {
    if (hasMoved()) {
      head = blocks.head();
      tip = blocks.tip().id();
      since = head.isPresent() ? now : Instant.MAX;
    }
  }

  /**
   * When {@link #advance} has something to let go; {@link Instant#MAX} when nothing is proposed.
   */
  public Instant nextDeadline() {
    return since.equals(Instant.MAX) ? Instant.MAX : since.plus(patience);
  }

  private boolean hasMoved() {
    return !tip.equals(blocks.tip().id()) || !head.equals(blocks.head());
  }
}
