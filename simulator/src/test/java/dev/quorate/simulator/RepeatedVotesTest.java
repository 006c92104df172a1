package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scenario 32. What a proposer with the real sign guard says after a crash, beside what it said
 * before.
 */
final class RepeatedVotesTest {
  /** Enough for the store's and the guard's writes of several blocks. */
  private static final int BOUNDARIES = 12;

  /** Any will do: what is compared is what was signed. */
  private static final String CHAIN = "chain";

  /** What left with the signature of the node, by position. */
  private final Map<SignPosition, Set<SignatureCheck>> said = new HashMap<>();

  static List<Arguments> crashes() {
    var crashes = new ArrayList<Arguments>();
    for (var engine : Engines.names()) {
      for (var kind :
          List.of(CrashKind.BEFORE_WRITE, CrashKind.TORN_WRITE, CrashKind.AFTER_WRITE)) {
        crashes.add(Arguments.of(engine, kind));
      }
    }
    return crashes;
  }

  @ParameterizedTest
  @MethodSource("crashes")
  void aCrashAtAnyWriteChangesNoVoteAndNoSignature(String engine, CrashKind kind) {
    for (int boundary = 1; boundary <= BOUNDARIES; boundary++) {
      said.clear();
      int later = boundary;
      var sim = Simulation.seeded(7).engine(engine);
      sim.listen(it -> listen(sim, it))
          .at(
              Duration.ofMillis(200),
              () -> {
                var fuse = sim.node("a").disk().fuse();
                fuse.blowAt(fuse.boundaries() + later, kind);
              });
      // Back before the others lose patience: it is still the primary.
      for (int millis = 250; millis < 1_500; millis += 50) {
        sim.at(Duration.ofMillis(millis), () -> restartIfDown(sim));
      }

      assertThat(sim.runFor(Duration.ofSeconds(2))).as(sim.toString()).isInstanceOf(Agreed.class);
      assertThat(sim.node("a").incarnation()).isEqualTo(2);
      // Nor did it try to say anything else: then the guard would have stopped it.
      assertThat(sim.node("a").isUp()).as("%s at write %d", kind, boundary).isTrue();
      assertThat(said)
          .hasSizeGreaterThan(20)
          .allSatisfy((position, signed) -> assertThat(signed).as(position.toString()).hasSize(1));
    }
  }

  private static void restartIfDown(Simulation sim) {
    if (!sim.node("a").isUp() && sim.node("a").incarnation() == 1) {
      sim.restart("a");
    }
  }

  private void listen(Simulation sim, Observation observation) {
    var node = sim.id("a");
    if (observation instanceof Observation.Sent sent && sent.node().equals(node)) {
      var message = sim.universe().messageIn(sent.frame());
      for (var check : message.map(it -> it.signatureChecks(CHAIN)).orElse(List.of())) {
        if (check.signer().equals(node)) {
          said.computeIfAbsent(check.position(), _ -> new HashSet<>()).add(check);
        }
      }
    }
  }
}
