package dev.quorate.explorer;

/** An engine's part in the search: its rules, its liar and what can happen to it. */
public interface Game {
  /** The folder of the engine's module. */
  String module();

  /**
   * A trace that has not begun.
   *
   * @param agreementOnly whether nothing but a broken {@link #agreement} ends it
   * @param logged whether what happens is written down
   */
  Trace<?, ?> trace(long seed, boolean agreementOnly, boolean logged);

  /** The rule that no two blocks are final at one height. */
  Enum<?> agreement();

  /** One of its rules by name; refuses others with {@link IllegalArgumentException}. */
  Enum<?> rule(String name);

  /** The trace of a seed in words, with how it ended. */
  default String log(long seed, boolean agreementOnly) {
    return trace(seed, agreementOnly, true).log();
  }
}
