package dev.quorate.node;

/** What the program's exit code tells a script; {@code docs/errors.md} explains each. */
public final class ExitCode {
  /** Done. */
  public static final int OK = 0;

  /** Refused or failed; the last line on standard error says why. */
  public static final int FAILED = 1;

  /** The command line is wrong, or a file is not what the command needs. */
  public static final int USAGE = 2;

  /** What was to be verified is not valid. */
  public static final int INVALID = 3;

  /** Valid as far as it goes, but not enough of it is signed by validators that we trust. */
  public static final int NOT_ENOUGH_TRUST = 4;

  /** No node answered. */
  public static final int UNREACHABLE = 5;

  /** The wait is over; the transaction, whose id was printed, may still be committed. */
  public static final int PENDING = 6;

  /** A running node found a bug in itself and stopped at once. */
  public static final int BUG = 70;

  /** A running node lost its store: full, read-only or broken. */
  public static final int STORAGE = 74;

  /** A running node's engine found that the network broke its own rules, and stopped. */
  public static final int ENGINE_HALTED = 76;

  private ExitCode() {}
}
