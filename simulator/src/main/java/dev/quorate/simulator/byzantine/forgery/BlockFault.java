package dev.quorate.simulator.byzantine.forgery;

import java.util.Locale;

/** Where a block is wrong that nobody may vote for. */
public enum BlockFault {
  /** It follows a block that does not exist. */
  WRONG_PARENT,
  /** It leaves a height out, or is far above what others take. */
  WRONG_HEIGHT,
  /** It tells of another history than there was. */
  WRONG_ROOT,
  /** A transaction stands in it twice, or once more after an earlier block. */
  REPEATED_TRANSACTION,
  /** Its time is far away from everybody's. */
  WRONG_TIME;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
