package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.byzantine.Trick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A trick that does nothing would be played in thousands of runs, and nobody would see it. */
final class TricksTest {
  private static final String TENDERMINT = "tendermint";

  static List<String> tricks() {
    return Casting.repertoire(TENDERMINT).tricks().stream().map(it -> it.get().name()).toList();
  }

  /** b is away for a while, so that there are rounds above 0. */
  @ParameterizedTest
  @MethodSource("tricks")
  void somethingElseLeavesOrArrivesThanWithoutIt(String trick) {
    var before = new Probe();
    var after = new Probe();
    var sim = Runs.seeded(TENDERMINT, 1);
    sim.plays("a", before, Runs.trick(TENDERMINT, trick), after);
    sim.at(Duration.ofMillis(500), () -> sim.partition("b"))
        .at(Duration.ofMillis(2_500), sim::heal);

    assertThat(sim.runFor(Duration.ofSeconds(4))).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(after.isLike(before)).as("nothing was played").isFalse();
  }

  /** Changes nothing, and remembers what passes. */
  private static final class Probe implements Trick {
    private final List<Passed> said = new ArrayList<>();
    private final List<Passed> heard = new ArrayList<>();

    private record Passed(ValidatorId peer, Bytes frame) {}

    @Override
    public String name() {
      return "probe";
    }

    @Override
    public void leaving(List<ValidatorId> to, Bytes frame, Means means) {
      to.forEach(it -> said.add(new Passed(it, frame)));
      means.send(to, frame);
    }

    @Override
    public void arriving(ValidatorId from, Bytes frame, Means means) {
      heard.add(new Passed(from, frame));
      means.hear(from, frame);
    }

    boolean isLike(Probe other) {
      return said.equals(other.said) && heard.equals(other.heard);
    }
  }
}
