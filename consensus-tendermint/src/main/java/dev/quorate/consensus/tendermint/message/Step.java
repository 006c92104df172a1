package dev.quorate.consensus.tendermint.message;

import java.util.Arrays;
import java.util.Optional;

/** How far a validator is in its round. */
public enum Step {
  /** It waits for a proposal, and has not prevoted. */
  PROPOSE(1),
  /** It has prevoted. */
  PREVOTE(2),
  /** It has precommitted. */
  PRECOMMIT(3);

  private final int code;

  Step(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The step with a number; empty for any other number. */
  public static Optional<Step> ofCode(int code) {
    return Arrays.stream(values()).filter(it -> it.code == code).findFirst();
  }
}
