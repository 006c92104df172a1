package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.Submission;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * O15: once a core is healed, whatever a node of the core takes is final at every node of the core
 * within {@link #BOUND} of its turn. Its turn comes when all that the core took before it is final:
 * a network with tiny blocks and a leader that fails every time works a queue off, but slowly.
 */
public final class Progress implements Oracle {
  /** Several view changes at the cap that simulated networks have, one after the other. */
  public static final Duration BOUND = Duration.ofSeconds(60);

  /** What the core took, oldest first. */
  private final Set<Hash> waiting = new LinkedHashSet<>();

  private Optional<Hash> oldest = Optional.empty();

  /** Since when the oldest is the oldest. */
  private Instant since = Instant.MIN;

  private boolean healed;

  @Override
  public String name() {
    return "O15 progress";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(
        Observation.Answered.class,
        Observation.Delivered.class,
        Observation.Finished.class,
        Observation.Healed.class,
        Observation.Turned.class);
  }

  @Override
  public void see(Observation observation, World world) {
    switch (observation) {
      case Observation.Healed _ -> healed = true;
      case Observation.Answered(_, var node, var transaction, var answer) -> {
        if (healed && world.core().contains(node) && isPromise(answer)) {
          waiting.add(transaction.id());
        }
      }
      case Observation.Turned(var at, var node, _, _) -> {
        if (!waiting.isEmpty()) {
          late(at, node, world);
        }
      }
      case Observation.Delivered(_, var node, _, var block, _) -> {
        if (!waiting.isEmpty() && world.core().contains(node)) {
          block.transactions().forEach(it -> settled(it, world));
        }
      }
      case Observation.Finished(_, var calm) -> {
        if (calm) {
          waiting.forEach(id -> missing(id, "at the end", world));
        }
      }
      default -> {}
    }
  }

  private static boolean isPromise(Submission answer) {
    return switch (answer) {
      case Submission.Admitted _, Submission.AlreadyPending _ -> true;
      case Submission.AlreadyCommitted _, Submission.Refused _ -> false;
    };
  }

  private void settled(Transaction transaction, World world) {
    if (waiting.contains(transaction.id()) && isEverywhere(transaction.id(), world)) {
      waiting.remove(transaction.id());
    }
  }

  private static boolean isEverywhere(Hash id, World world) {
    for (ValidatorId node : world.core()) {
      if (!world.node(node).chain().contains(id)) {
        return false;
      }
    }
    return true;
  }

  private void late(Instant now, ValidatorId node, World world) {
    var first = waiting.iterator().next();
    if (!oldest.equals(Optional.of(first))) {
      oldest = Optional.of(first);
      since = now;
    } else if (since.plus(BOUND).isBefore(now)) {
      waiting.remove(first);
      if (!isEverywhere(first, world)) {
        missing(first, "at " + node.abbreviated() + " after " + BOUND, world);
      }
    }
  }

  private void missing(Hash id, String when, World world) {
    for (var node : world.core()) {
      if (!world.node(node).chain().contains(id)) {
        world.violations().report(name(), node, id.abbreviated() + " is not final " + when);
        return;
      }
    }
  }
}
