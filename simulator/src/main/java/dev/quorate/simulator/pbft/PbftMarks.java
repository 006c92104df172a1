package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Rare paths of PBFT that runs should take now and then. */
public final class PbftMarks {
  private static final String VIEW_TIMER = "VIEW";

  private PbftMarks() {}

  /** Made anew for one run. */
  public static List<Mark> all() {
    return List.of(
        new CarriedTwice(),
        new TicketEntry(),
        new Rebase(),
        new LeftWhilePending(),
        new LateCommit(),
        new LeftOutClaim(),
        step("new view relayed by another than its primary", PbftMarks::isRelayed),
        step("new view with a delivered tip", PbftMarks::isTipDelivered),
        step("body fetched", it -> it.event() instanceof Event.BlockArrived<?>),
        step("complaint of a starved transaction", says(Complain.Reason.STARVED_TRANSACTION)),
        step("complaint of a silent primary", says(Complain.Reason.SILENT_PRIMARY)),
        step("complaint of no progress", says(Complain.Reason.NO_PROGRESS)),
        step("complaint of an invalid block", says(Complain.Reason.INVALID_BLOCK)),
        step("left because of conflicting PREPAREs", PbftMarks::showsConflict),
        step("conflicting votes found", it -> has(it, Effect.Accuse.class)),
        mark("T(v) at its bound", PbftMarks::isCapped));
  }

  private static Mark step(String name, Predicate<Observation.Stepped> isHit) {
    return mark(name, (it, _) -> isHit.test(it));
  }

  /** A step of a correct validator. */
  private static Mark mark(String name, BiPredicate<Observation.Stepped, World> isHit) {
    return new Mark() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Set<Class<? extends Observation>> kinds() {
        return Set.of(Observation.Stepped.class);
      }

      @Override
      public boolean isHit(Observation observation, World world) {
        return observation instanceof Observation.Stepped it
            && isHit.test(it, world)
            && world.node(it.node()).isCorrect();
      }
    };
  }

  private static boolean has(Observation.Stepped step, Class<?> effect) {
    return step.effects().stream().anyMatch(effect::isInstance);
  }

  private static boolean says(Observation.Stepped step, Predicate<Message<?>> what) {
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Broadcast<?>(var message) && what.test(message)) {
        return true;
      }
    }
    return false;
  }

  private static Predicate<Observation.Stepped> says(Complain.Reason reason) {
    return step -> says(step, it -> it instanceof Complain said && said.reason() == reason);
  }

  private static boolean showsConflict(Observation.Stepped step) {
    return says(step, Conflict.class::isInstance);
  }

  private static boolean isRelayed(Observation.Stepped step) {
    return step.event() instanceof Event.Received<?>(var signed, _)
        && signed.message() instanceof NewView it
        && !signed.from().equals(it.primary())
        && NewViews.accepted(step).isPresent();
  }

  private static boolean isTipDelivered(Observation.Stepped step) {
    return NewViews.opened(step)
        .or(() -> NewViews.accepted(step))
        .filter(it -> it.certificate().isPresent() && it.tip().isEmpty())
        .isPresent();
  }

  private static boolean isCapped(Observation.Stepped step, World world) {
    long longest = world.genesis().parameters().getOrDefault("t_max_ms", 30_000L);
    for (var effect : step.effects()) {
      if (effect instanceof Effect.StartTimer<?>(var timer, var delay)
          && timer.toString().equals(VIEW_TIMER)
          && delay.equals(Duration.ofMillis(longest))) {
        return true;
      }
    }
    return false;
  }
}
