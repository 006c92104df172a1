package dev.quorate.consensus.core.vote;

import java.util.Optional;

/** The two phases of voting; both engines sign the same bytes for them. */
public enum VoteType {
  /** PBFT's PREPARE, Tendermint's prevote. */
  PREPARE(1),
  /** PBFT's COMMIT, Tendermint's precommit. */
  COMMIT(2);

  private final int code;

  VoteType(int code) {
    this.code = code;
  }

  /** The number in signed and sent bytes. */
  public int code() {
    return code;
  }

  /** The type with a number; empty for any other number. */
  public static Optional<VoteType> ofCode(int code) {
    return switch (code) {
      case 1 -> Optional.of(PREPARE);
      case 2 -> Optional.of(COMMIT);
      default -> Optional.empty();
    };
  }
}
