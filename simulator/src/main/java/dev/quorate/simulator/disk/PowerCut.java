package dev.quorate.simulator.disk;

import dev.quorate.simulator.observe.CrashKind;

/**
 * The process is no more, in the middle of whatever it was doing. An {@link Error}, because no code
 * of a replica may go on after it.
 */
public final class PowerCut extends Error {
  private static final long serialVersionUID = 1L;

  private final CrashKind kind;

  public PowerCut(CrashKind kind) {
    super(kind.name(), null, false, false);
    this.kind = kind;
  }

  public CrashKind kind() {
    return kind;
  }
}
