package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.tendermint.explorer.Broken.Rule;
import java.util.Optional;

/** One run of three engines and a liar, decided by a seed. */
final class Trace {
  /** Where a trace ends: further on there is no room to write down who voted. */
  private static final int LAST_ROUND = 8;

  private final Stage stage;
  private final Swarm swarm;
  private final Acts acts;

  private Trace(long seed, boolean agreementOnly, boolean logged) {
    var chance = new Chance(seed);
    this.stage = new Stage(chance, agreementOnly, logged);
    this.swarm = new Swarm(chance);
    this.acts = new Acts(stage, chance, swarm);
  }

  /**
   * How a trace ended.
   *
   * @param broken the rule that broke, or none
   * @param steps how many events engines took
   * @param highest the most blocks that one of them delivered
   * @param rounds rounds in which some certificate came to exist
   */
  record Outcome(Optional<Rule> broken, String detail, int steps, int highest, int rounds) {}

  /** Runs to the end, or to the first rule that breaks. */
  static Outcome run(long seed, boolean agreementOnly) {
    return new Trace(seed, agreementOnly, false).run();
  }

  /** The same with every event and effect in words. */
  static String log(long seed, boolean agreementOnly) {
    var trace = new Trace(seed, agreementOnly, true);
    var outcome = trace.run();
    return trace.stage.log()
        + outcome.broken().map(rule -> rule + " does not hold: ").orElse("all holds")
        + outcome.detail();
  }

  private Outcome run() {
    Optional<Rule> broken = Optional.empty();
    var detail = "";
    try {
      stage.correct().forEach(acts::start);
      for (int i = 0; i < swarm.length && !isOver(); i++) {
        acts.play(swarm.act(i), stage.correct().get(swarm.whom()));
      }
    } catch (Broken e) {
      broken = Optional.of(e.rule);
      detail = String.valueOf(e.getMessage());
    }
    int highest = stage.correct().stream().mapToInt(it -> it.chain().size()).max().orElse(0);
    return new Outcome(
        broken, detail, stage.steps(), highest, stage.ballots.roundsWithCertificates());
  }

  private boolean isOver() {
    for (var it : stage.correct()) {
      if (it.round() >= LAST_ROUND) {
        return true;
      }
    }
    return stage.blocks.isFull();
  }
}
