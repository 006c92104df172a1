package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.PbftProvider;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Limits;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.Observation;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a primary with PBFT and the real sign guard says after a crash, beside what it said before.
 */
final class RepeatedVotesTest {
  /** Enough for the store's and the guard's writes of several blocks. */
  private static final int BOUNDARIES = 12;

  /** Any will do: what is compared is what was signed. */
  private static final String CHAIN = "chain";

  private final MessageCodec<PbftMessage> codec =
      new PbftProvider().codec(new LedgerBlockReader(Limits.DEFAULT));

  /** What left with the signature of the node, by position. */
  private final Map<SignPosition, Set<SignatureCheck>> said = new HashMap<>();

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_WRITE", "TORN_WRITE", "AFTER_WRITE"})
  void aCrashAtAnyWriteChangesNoVoteAndNoSignature(CrashKind kind) {
    for (int boundary = 1; boundary <= BOUNDARIES; boundary++) {
      said.clear();
      int later = boundary;
      var sim = Simulation.seeded(7);
      sim.listen(it -> listen(it, sim.id("a")))
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

  private void listen(Observation observation, ValidatorId node) {
    if (observation instanceof Observation.Sent sent && sent.node().equals(node)) {
      for (var check : checks(sent.frame())) {
        if (check.signer().equals(node)) {
          said.computeIfAbsent(check.position(), _ -> new HashSet<>()).add(check);
        }
      }
    }
  }

  private List<SignatureCheck> checks(Bytes frame) {
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var encoded))
            && codec.decode(encoded) instanceof Decoded.Ok(var message)
        ? message.signatureChecks(CHAIN)
        : List.of();
  }
}
