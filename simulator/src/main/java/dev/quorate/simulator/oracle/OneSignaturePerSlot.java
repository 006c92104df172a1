package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;

/** O5: no correct node signs two different things for one slot, over all its incarnations. */
public final class OneSignaturePerSlot implements Oracle {
  private final Map<ValidatorId, Map<SignPosition, Bytes>> signed = new HashMap<>();

  @Override
  public String name() {
    return "O5 one signature per slot";
  }

  @Override
  public void see(Observation observation, World world) {
    if (observation instanceof Observation.Granted(_, var node, _, var request, _)
        && world.node(node).isCorrect()) {
      var slots = signed.computeIfAbsent(node, _ -> new HashMap<>());
      var before = slots.putIfAbsent(request.position(), request.signBytes());
      if (before != null && !before.equals(request.signBytes())) {
        world.violations().report(name(), node, "two things were signed for " + request.position());
      }
    }
  }
}
