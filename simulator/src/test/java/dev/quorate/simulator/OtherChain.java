package dev.quorate.simulator;

import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.mutants.Experiment;
import dev.quorate.simulator.observe.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The frames of a chain whose validators have the same keys, and another chain id, arrive in this
 * one as they were sent there: each at its time, from its sender, to whom it was for.
 */
final class OtherChain implements Experiment {
  static final String NOTHING_TAKEN = "nothing taken";

  private static final Duration RUN = Duration.ofSeconds(2);

  /** Long enough for both chains to be somewhere else than the other. */
  private static final Duration LATER = Duration.ofMillis(40);

  private final List<Flown> flown = new ArrayList<>();
  private final Set<Message<?>> foreign = new HashSet<>();
  private int taken;

  private record Flown(Duration at, ValidatorId from, ValidatorId to, Bytes frame) {}

  /** An engine and a seed; what came of it. */
  @Override
  public String run(String argument) {
    var words = argument.split(" ", -1);
    long seed = Long.parseLong(words[1]);
    record(Simulation.seeded(seed).engine(words[0]).chain("other"));
    var sim = Simulation.seeded(seed).engine(words[0]).listen(this::see);
    for (var it : flown) {
      sim.at(it.at().plus(LATER), () -> sim.net().send(it.from(), it.to(), it.frame()));
    }
    return switch (sim.runFor(RUN.plus(LATER))) {
      case Verdict.Violated violated -> violated.toString();
      case Verdict.Invalid(var why, _, _) -> why;
      case Verdict.Agreed _ -> taken == 0 ? NOTHING_TAKEN : taken + " taken";
    };
  }

  int sent() {
    return flown.size();
  }

  /** Only what is signed: what the channel vouches for no other chain can bring in. */
  private void record(Simulation other) {
    other.listen(
        it -> {
          if (it instanceof Observation.Sent sent) {
            other
                .universe()
                .messageIn(sent.frame())
                .filter(message -> !message.signatureChecks("any").isEmpty())
                .ifPresent(message -> note(sent, message));
          }
        });
    other.runFor(RUN);
  }

  private void note(Observation.Sent sent, Message<?> message) {
    var at = Duration.between(Simulation.BEGINNING, sent.at());
    flown.add(new Flown(at, sent.node(), sent.to(), sent.frame()));
    foreign.add(message);
  }

  private void see(Observation observation) {
    if (observation instanceof Observation.Stepped step
        && step.event() instanceof Event.Received<?>(var signed, _)
        && foreign.contains(signed.message())) {
      taken++;
    }
  }
}
