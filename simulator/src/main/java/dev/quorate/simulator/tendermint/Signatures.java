package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises what correct validators sign: an engine asks for messages, and what their keys sign
 * afterwards says which of them exist. What is asked for and never signed, because the process died
 * or may not speak yet, was never said.
 */
final class Signatures {
  /** What has to be shown to it. */
  static final Set<Class<? extends Observation>> KINDS =
      Set.of(Observation.Started.class, Observation.Stepped.class, Observation.Signed.class);

  private final Map<ValidatorId, Map<Bytes, TendermintMessage>> asked = new HashMap<>();

  /** The proposal or vote that was signed just now; one may be signed again after a restart. */
  Optional<TendermintMessage> see(Observation observation, World world) {
    switch (observation) {
      case Observation.Started it -> asked.remove(it.node());
      case Observation.Stepped it -> {
        if (world.node(it.node()).isCorrect()) {
          it.effects().forEach(effect -> asksFor(effect, it.node(), world));
        }
      }
      case Observation.Signed it -> {
        var of = asked.getOrDefault(it.node(), Map.of());
        return of.isEmpty() ? Optional.empty() : Optional.ofNullable(of.remove(it.signBytes()));
      }
      default -> {}
    }
    return Optional.empty();
  }

  private void asksFor(Effect<?> effect, ValidatorId node, World world) {
    if (effect instanceof Effect.Broadcast<?>(var message)
        && message instanceof TendermintMessage it) {
      for (var request : it.signRequests(world.genesis().chainId())) {
        asked.computeIfAbsent(node, _ -> new HashMap<>()).put(request.signBytes(), it);
      }
    }
  }
}
