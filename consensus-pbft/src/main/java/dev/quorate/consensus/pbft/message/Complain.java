package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Its sender has a reason to leave the view, and binds itself to nothing (R8b).
 *
 * @param starved the transaction that is passed over, where that is the reason
 */
public record Complain(View view, Reason reason, Optional<Hash> starved) implements PbftMessage {
  /** What the sender is not content with (R8). */
  public enum Reason {
    /** A transaction was passed over for too long. */
    STARVED_TRANSACTION(1),
    /** Work is pending and nothing was delivered in time. */
    NO_PROGRESS(2),
    /** The primary is not heard. */
    SILENT_PRIMARY(3),
    /** The primary proposed a block that is invalid. */
    INVALID_BLOCK(4);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    /** The number on the wire. */
    public int code() {
      return code;
    }

    public static Optional<Reason> ofCode(int code) {
      return Arrays.stream(values()).filter(it -> it.code == code).findFirst();
    }
  }

  /** Refuses a starved transaction beside another reason, and none beside that one. */
  public Complain {
    if ((reason == Reason.STARVED_TRANSACTION) != starved.isPresent()) {
      throw new IllegalArgumentException(reason + " with transaction " + starved);
    }
  }

  /** For a reason that is about no transaction. */
  public Complain(View view, Reason reason) {
    this(view, reason, Optional.empty());
  }

  /** About a transaction that is passed over. */
  public static Complain ofStarved(View view, Hash transaction) {
    return new Complain(view, Reason.STARVED_TRANSACTION, Optional.of(transaction));
  }

  @Override
  public List<SignRequest> signRequests(String chainId) {
    return List.of();
  }

  @Override
  public PbftMessage withSignatures(List<Signature> signatures) {
    return this;
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    return List.of();
  }
}
