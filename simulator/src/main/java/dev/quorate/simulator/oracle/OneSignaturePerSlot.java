package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * O5: no two things that a correct node signed for one slot ever leave it, over all its
 * incarnations. Read from the frames themselves, with no trust in the guard.
 */
public final class OneSignaturePerSlot implements Oracle {
  private final Map<ValidatorId, Map<SignPosition, Bytes>> signed = new HashMap<>();
  private Bytes last = Bytes.EMPTY;

  @Override
  public String name() {
    return "O5 one signature per slot";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Sent.class);
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public void see(Observation observation, World world) {
    if (observation instanceof Observation.Sent(_, var node, _, _, var frame)
        && frame != last
        && world.node(node).isCorrect()) {
      // A broadcast is one frame to many.
      last = frame;
      var message = world.messageIn(frame);
      if (message.isPresent()) {
        for (var check : message.get().signatureChecks(world.genesis().chainId())) {
          if (check.signer().equals(node)) {
            enter(node, check, world);
          }
        }
      }
    }
  }

  private void enter(ValidatorId node, SignatureCheck check, World world) {
    var slots = signed.computeIfAbsent(node, _ -> new HashMap<>());
    var before = slots.putIfAbsent(check.position(), check.signBytes());
    if (before != null && !before.equals(check.signBytes())) {
      world.violations().report(name(), node, "two things were signed for " + check.position());
    }
  }
}
