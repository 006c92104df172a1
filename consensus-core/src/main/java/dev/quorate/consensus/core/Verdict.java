package dev.quorate.consensus.core;

/** Whether a block may follow its parent. */
public sealed interface Verdict {
  record Valid() implements Verdict {}

  /** With the first rule that it breaks. */
  record Invalid(String reason) implements Verdict {}

  /** The only value of its kind. */
  Verdict VALID = new Valid();
}
