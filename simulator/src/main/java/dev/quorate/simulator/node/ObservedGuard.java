package dev.quorate.simulator.node;

import dev.quorate.consensus.core.SignGuard;
import dev.quorate.consensus.core.SignRequest;
import java.util.function.BiConsumer;

/** A guard whose answers somebody else learns of. */
final class ObservedGuard implements SignGuard {
  private final SignGuard guard;
  private final BiConsumer<SignRequest, Answer> listener;

  ObservedGuard(SignGuard guard, BiConsumer<SignRequest, Answer> listener) {
    this.guard = guard;
    this.listener = listener;
  }

  @Override
  public Answer sign(SignRequest request) {
    var answer = guard.sign(request);
    listener.accept(request, answer);
    return answer;
  }
}
