package dev.quorate.simulator.mark;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.ledger.store.StorageException;
import dev.quorate.replica.Condition;
import dev.quorate.replica.Submission;
import dev.quorate.replica.listen.Voice;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The marks that make sense for every engine. */
public final class Marks {
  private Marks() {}

  /** New ones, for one run. */
  public static List<Mark> ofAnyEngine() {
    return List.of(
        crash("crash just before a write", CrashKind.BEFORE_WRITE),
        crash("write torn by a crash", CrashKind.TORN_WRITE),
        crash("crash just after a write", CrashKind.AFTER_WRITE),
        crash("crash between two frames", CrashKind.BETWEEN_FRAMES),
        new AllDown(),
        new Plain("disk failed under a node", Observation.Ended.class, Marks::isDiskFailure),
        step("body of a block fetched", it -> it instanceof Event.BlockArrived<?>),
        step("final block taken from a peer", it -> it instanceof Event.Synced<?>),
        step("sign guard refused", it -> it instanceof Event.SignRefused<?>),
        new Plain("validator accused", Observation.Stepped.class, Marks::isAccusation),
        new Plain(
            "transaction answered as committed before",
            Observation.Answered.class,
            it ->
                it instanceof Observation.Answered answered
                    && answered.answer() instanceof Submission.AlreadyCommitted),
        new Plain(
            "turn of an observer that lost its promises",
            Observation.Turned.class,
            it ->
                it instanceof Observation.Turned turned
                    && turned.status().voice() instanceof Voice.Observing),
        new BlockUntold(),
        new CommittedInOtherRound(),
        new RestartInChange(),
        new RoundSkipped(),
        new SpeaksAgain());
  }

  /** A path that one observation shows. */
  private record Plain(String name, Class<? extends Observation> kind, Predicate<Observation> path)
      implements Mark {
    @Override
    public Set<Class<? extends Observation>> kinds() {
      return Set.of(kind);
    }

    @Override
    public boolean isHit(Observation observation, World world) {
      return path.test(observation);
    }
  }

  private static Mark crash(String name, CrashKind kind) {
    return new Plain(
        name,
        Observation.Crashed.class,
        it -> it instanceof Observation.Crashed crashed && crashed.how() == kind);
  }

  private static Mark step(String name, Predicate<Event<?>> event) {
    return new Plain(
        name,
        Observation.Stepped.class,
        it -> it instanceof Observation.Stepped stepped && event.test(stepped.event()));
  }

  private static boolean isDiskFailure(Observation observation) {
    return observation instanceof Observation.Ended(_, _, _, Condition.Failed(var cause))
        && cause instanceof StorageException;
  }

  private static boolean isAccusation(Observation observation) {
    if (observation instanceof Observation.Stepped stepped) {
      for (var effect : stepped.effects()) {
        if (effect instanceof Effect.Accuse<?>) {
          return true;
        }
      }
    }
    return false;
  }
}
