package dev.quorate.simulator.net;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import org.jspecify.annotations.Nullable;

/** One direction between two nodes: its weather, what cuts it, what is on its way. */
final class Link {
  /** How many old frames a link can replay. */
  static final int HISTORY = 64;

  final ValidatorId from;
  final ValidatorId to;
  Weather weather = Weather.CALM;
  int cuts;
  boolean noticed;
  int inFlight;
  private final @Nullable Bytes[] history = new @Nullable Bytes[HISTORY];
  private int remembered;

  Link(ValidatorId from, ValidatorId to) {
    this.from = from;
    this.to = to;
  }

  boolean isCut() {
    return cuts > 0;
  }

  /** Keeps one of so many frames, so that the history reaches back over views and heights. */
  void remember(Bytes frame, long draw) {
    if (remembered < HISTORY) {
      history[remembered++] = frame;
    } else if ((draw & 7) == 0) {
      history[(int) (draw >>> 32) & (HISTORY - 1)] = frame;
    }
  }

  /** A frame of earlier; null before there was one. */
  @Nullable Bytes old(long draw) {
    return remembered == 0 ? null : history[(int) ((draw >>> 1) % remembered)];
  }
}
