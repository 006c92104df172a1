package dev.quorate.simulator.disk;

import dev.quorate.simulator.observe.CrashKind;
import java.util.Optional;

/**
 * Counts the durable boundaries of one node, over all its incarnations, and blows at one of them:
 * every write that is synced is a boundary, numbered from 1.
 */
public final class Fuse {
  private long boundaries;
  private long blowsAt = Long.MAX_VALUE;
  private CrashKind kind = CrashKind.BEFORE_WRITE;

  /** Boundaries passed or blown at so far. */
  public long boundaries() {
    return boundaries;
  }

  /** Arms the fuse for one boundary, once; it must not have been passed. */
  public void blowAt(long boundary, CrashKind kind) {
    if (boundary <= boundaries) {
      throw new IllegalArgumentException("boundary " + boundary + " is past " + boundaries);
    }
    this.blowsAt = boundary;
    this.kind = kind;
  }

  /** Arms the fuse for the next boundary. */
  public void blowNext(CrashKind kind) {
    blowAt(boundaries + 1, kind);
  }

  /** Whether it will still blow. */
  public boolean isArmed() {
    return blowsAt != Long.MAX_VALUE;
  }

  /** It will not blow any more. */
  public void disarm() {
    blowsAt = Long.MAX_VALUE;
  }

  /** A boundary is reached; how the process dies at it, if it does. */
  Optional<CrashKind> reach() {
    boundaries++;
    if (boundaries != blowsAt) {
      return Optional.empty();
    }
    disarm();
    return Optional.of(kind);
  }
}
