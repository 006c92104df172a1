package dev.quorate.explorer;

import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageSigner;
import dev.quorate.consensus.core.SignGuard;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.validators.ValidatorId;

/**
 * Messages whose signatures are in their places already: one constant stands for all of them, and
 * who signed what is in the {@link Ballots}.
 */
final class Trust {
  private static final SignGuard SIGNS_NOTHING_MORE =
      request -> new SignGuard.Answer.Refused("is signed already: " + request);

  private Trust() {}

  static <M extends Message<M>> MessageSigner<M> signer(ValidatorId from) {
    return new MessageSigner<>(Cast.CHAIN, from, SIGNS_NOTHING_MORE);
  }

  static <M extends Message<M>> Signed<M> signed(MessageSigner<M> signer, M message) {
    return switch (signer.sign(message)) {
      case MessageSigner.Outcome.Ready<M>(var signed) -> signed;
      case MessageSigner.Outcome.Refused<M>(_, var reason) ->
          throw new IllegalStateException(reason);
    };
  }
}
