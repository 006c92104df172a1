package dev.quorate.explorer;

import dev.quorate.consensus.core.Message;
import java.util.Optional;

/**
 * One run of three engines and a liar, decided by a seed.
 *
 * @param <A> the kinds of acts
 */
public final class Trace<M extends Message<M>, A extends Enum<A> & Swarm.Act> {
  /** Where a trace ends: further on there is no room to write down who voted. */
  private static final int LAST_ROUND = Ballots.ROUNDS - 2;

  private final Stage<M> stage;
  private final Swarm<A> swarm;
  private final Acts<M, A> acts;

  /** One that has not begun. */
  public Trace(Stage<M> stage, Swarm<A> swarm, Acts<M, A> acts) {
    this.stage = stage;
    this.swarm = swarm;
    this.acts = acts;
  }

  /**
   * How a trace ended.
   *
   * @param broken the rule that broke, or none
   * @param steps how many events engines took
   * @param highest the most blocks that one of them delivered
   * @param rounds rounds in which some certificate came to exist
   */
  record Outcome(Optional<Enum<?>> broken, String detail, int steps, int highest, int rounds) {}

  /** Runs to the end, or to the first rule that breaks. */
  Outcome run() {
    Optional<Enum<?>> broken = Optional.empty();
    var detail = "";
    try {
      stage.correct().forEach(acts::start);
      for (int i = 0; i < swarm.length() && !isOver(); i++) {
        acts.play(swarm.act(i), stage.correct().get(swarm.whom()));
      }
    } catch (Broken e) {
      broken = Optional.of(e.rule());
      detail = String.valueOf(e.getMessage());
    }
    int highest = stage.correct().stream().mapToInt(it -> it.height() - 1).max().orElse(0);
    var ballots = stage.scene().ballots();
    return new Outcome(broken, detail, stage.steps(), highest, ballots.roundsWithCertificates());
  }

  /** The same with every event and effect in words, if the stage writes them down. */
  String log() {
    var outcome = run();
    return stage.log()
        + outcome.broken().map(rule -> rule + " does not hold: ").orElse("all holds")
        + outcome.detail();
  }

  private boolean isOver() {
    for (var it : stage.correct()) {
      if (it.round() >= LAST_ROUND) {
        return true;
      }
    }
    return stage.scene().blocks().isFull();
  }
}
