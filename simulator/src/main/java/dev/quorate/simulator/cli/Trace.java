package dev.quorate.simulator.cli;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.observe.Observation;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Prints what happens, a line each: seconds since the beginning, the node, what. */
final class Trace implements Consumer<Observation> {
  private final Simulation simulation;
  private final PrintWriter out;
  private final Instant beginning;

  Trace(Simulation simulation, PrintWriter out) {
    this.simulation = simulation;
    this.out = out;
    this.beginning = Simulation.BEGINNING;
  }

  @Override
  public void accept(Observation observation) {
    switch (observation) {
      case Observation.Turned _, Observation.Arrived _, Observation.Signed _ -> {}
      case Observation.Stepped(_, var node, _, var event, var effects) ->
          print(observation, node, event + " -> " + effects);
      case Observation.Sent(_, var node, _, var to, var frame) ->
          print(observation, node, "sent %d bytes to %s".formatted(frame.length(), name(to)));
      case Observation.Wrote(_, var node, _, _) -> print(observation, node, "wrote");
      case Observation.Delivered(_, var node, _, var block, _) ->
          print(observation, node, "delivered " + block);
      case Observation.Submitted(_, var node, var transaction) ->
          print(observation, node, "was given " + transaction);
      case Observation.Answered(_, var node, var transaction, var answer) ->
          print(observation, node, transaction + ": " + answer);
      case Observation.Started(_, var node, var incarnation, var status) ->
          print(observation, node, "started for time %d, %s".formatted(incarnation, status));
      case Observation.Crashed(_, var node, _, var how) ->
          print(observation, node, "crashed: " + how);
      case Observation.Ended(_, var node, _, var condition) ->
          print(observation, node, "ended: " + condition);
      case Observation.Healed(_, var core) ->
          print(observation, "healed: " + core.stream().map(this::name).toList());
      case Observation.Finished _ -> print(observation, "finished");
    }
  }

  private void print(Observation observation, ValidatorId node, String text) {
    print(observation, name(node) + " " + text);
  }

  private void print(Observation observation, String text) {
    double seconds = Duration.between(beginning, observation.at()).toNanos() / 1e9;
    out.printf("%10.6f %s%n", seconds, text);
  }

  private String name(ValidatorId id) {
    return simulation.nameOf(id);
  }
}
