package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.vote.Timeliness;
import dev.quorate.consensus.pbft.message.BlockRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An undelivered block whose body is here, and how far it has come. */
final class Candidate {
  /** How the body was judged. */
  enum Check {
    /** Not asked yet: its parent is not checked here. */
    WAITING,
    /** Asked, not answered. */
    ASKED,
    VALID,
    INVALID
  }

  private final Block block;
  private Check check = Check.WAITING;
  private String reason = "";
  private boolean stored;
  private @Nullable Arrival arrival;

  /** When it came as a fresh proposal of somebody else, and how many views had passed by then. */
  private record Arrival(Instant at, int views) {}

  Candidate(Block block) {
    this.block = block;
  }

  Block block() {
    return block;
  }

  BlockRef ref() {
    return BlockRef.of(block);
  }

  Check check() {
    return check;
  }

  boolean isValid() {
    return check == Check.VALID;
  }

  void asked() {
    check = Check.ASKED;
  }

  void valid() {
    check = Check.VALID;
  }

  void invalid(String why) {
    check = Check.INVALID;
    reason = why;
  }

  /** The rule that the block breaks, once it is judged invalid. */
  String reason() {
    return reason;
  }

  /** Whether the body is, or is about to be, on disk. */
  boolean isStored() {
    return stored;
  }

  void stored() {
    stored = true;
  }

  /**
   * A fresh proposal of another replica came.
   *
   * @param views the views since the last delivered block
   */
  void arrived(Instant at, int views) {
    arrival = new Arrival(at, views);
  }

  /** Whether its time fits the moment at which it arrived, or its parent left it no other (R1). */
  boolean isTimelyAfter(Instant parentsTime) {
    var came = arrival;
    return came == null
        || Timeliness.DEFAULT.isTimely(block.time(), parentsTime, came.at(), came.views());
  }
}
