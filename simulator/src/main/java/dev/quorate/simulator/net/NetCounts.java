package dev.quorate.simulator.net;

/** What a net did to frames. */
public final class NetCounts {
  long sent;
  long lost;
  long cut;
  long doubled;
  long replayed;
  long filtered;
  long overflown;

  /** Frames that left a node. */
  public long sent() {
    return sent;
  }

  /** Frames that vanished by chance. */
  public long lost() {
    return lost;
  }

  /** Frames that met a cut. */
  public long cut() {
    return cut;
  }

  public long doubled() {
    return doubled;
  }

  /** Old frames that came again. */
  public long replayed() {
    return replayed;
  }

  /** Frames that a rule stopped. */
  public long filtered() {
    return filtered;
  }

  /** Frames for which a link had no room. */
  public long overflown() {
    return overflown;
  }
}
