package dev.quorate.explorer;

/** A rule does not hold any more; ends the trace. */
public final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Enum<?> rule;

  /** With the rule, one of the {@link Game}'s, and what was seen. */
  public Broken(Enum<?> rule, String detail) {
    super(detail, null, false, false);
    this.rule = rule;
  }

  Enum<?> rule() {
    return rule;
  }
}
