package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Signature;
import java.util.ArrayList;
import java.util.List;

/** Fills the signatures of own messages in, through the guard. */
public final class MessageSigner<M extends Message<M>> {
  private final String chainId;
  private final ValidatorId self;
  private final SignGuard guard;

  public MessageSigner(String chainId, ValidatorId self, SignGuard guard) {
    this.chainId = chainId;
    this.self = self;
    this.guard = guard;
  }

  /** What became of a message. */
  public sealed interface Outcome<M extends Message<M>> {
    /** It may leave. */
    record Ready<M extends Message<M>>(Signed<M> message) implements Outcome<M> {}

    /** It must not leave: the guard refused a signature in it. */
    record Refused<M extends Message<M>>(SignPosition position, String reason)
        implements Outcome<M> {}
  }

  /** Signs what is unsigned in the message; all of it, or it is refused. */
  public Outcome<M> sign(M message) {
    var requests = message.signRequests(chainId);
    if (requests.isEmpty()) {
      return new Outcome.Ready<>(new Signed<>(self, message, List.of()));
    }
    var signatures = new ArrayList<Signature>(requests.size());
    for (var request : requests) {
      switch (guard.sign(request)) {
        case SignGuard.Answer.Granted(var signature) -> signatures.add(signature);
        case SignGuard.Answer.Refused(var reason) -> {
          return new Outcome.Refused<>(request.position(), reason);
        }
      }
    }
    return new Outcome.Ready<>(new Signed<>(self, message.withSignatures(signatures), List.of()));
  }
}
