package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.DuplicateVote;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Offence;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.Signature;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.Ancestors;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.ledger.evidence.EvidencePlace;
import dev.quorate.replica.Count;
import dev.quorate.simulator.Verdict.Agreed;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Violation;
import dev.quorate.simulator.pbft.trick.PbftTricks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Validator d, a backup, says yes to every block and to another one, too. */
final class EvidenceTest {
  private static final Duration RUN = Duration.ofSeconds(8);
  private static final String O24 = "O24 evidence names the faulty";

  private final Watch watch = new Watch();

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofSixSeeds")
  void whatIsSeenOfTwoVotesEndsInTheChainOfEverybody(String engine, long seed) {
    var sim = Runs.seeded(engine, seed).listen(watch);
    sim.plays("d", Runs.trick(engine, "two-faced"));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    var offences = accusedBefore(Simulation.BEGINNING.plus(RUN).minusSeconds(4));
    assertThat(offences).as(sim.toString()).isNotEmpty();
    for (var name : List.of("a", "b", "c")) {
      var evidence = sim.node(name).chain().evidence();
      for (var offence : offences.keySet()) {
        assertThat(evidence.locate(offence)).as(name + " " + offences.get(offence)).isPresent();
      }
      assertThat(evidence.committed(EvidencePlace.FIRST, 10_000))
          .allMatch(it -> it.evidence().validator().equals(sim.id("d")));
    }
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofFourSeeds")
  void evidenceOutlivesCrashesOfThoseWhoHoldIt(String engine, long seed) {
    var sim = Runs.seeded(engine, seed).listen(watch);
    sim.plays("d", Runs.trick(engine, "two-faced"));
    for (int i = 0; i < 3; i++) {
      var victim = "abc".substring(i, i + 1);
      sim.at(Duration.ofSeconds(1 + 2L * i), () -> sim.crash(victim));
      sim.at(Duration.ofSeconds(2 + 2L * i), () -> sim.restart(victim));
    }

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    for (var name : List.of("a", "b", "c")) {
      assertThat(sim.node(name).chain().evidence().committed(EvidencePlace.FIRST, 10)).isNotEmpty();
    }
  }

  /** Three frames of twenty lost, deaths around writes, one cut off, and a change of the view. */
  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofFiveSeeds")
  void evidenceOutlivesBadLinksDeathsAroundWritesAndViewChanges(String engine, long seed) {
    var sim = Runs.seeded(engine, seed).parameter("t_max_ms", 2_000).listen(watch);
    sim.plays("d", Runs.trick(engine, "two-faced"));
    sim.at(Duration.ofMillis(300), () -> sim.net().weather(it -> it.withLoss(0.15)));
    for (int i = 0; i < 12; i++) {
      var name = "abc".substring(i % 3, i % 3 + 1);
      var kind = i % 2 == 0 ? CrashKind.BEFORE_WRITE : CrashKind.AFTER_WRITE;
      int write = 1 + i % 5;
      sim.at(
          Duration.ofMillis(400 + 150 * i),
          () -> {
            var fuse = sim.node(name).disk().fuse();
            fuse.blowAt(fuse.boundaries() + write, kind);
          });
    }
    sim.at(Duration.ofMillis(2_500), () -> sim.partition("c"));
    sim.at(Duration.ofMillis(3_200), sim::heal);
    sim.at(Duration.ofMillis(3_500), () -> sim.crash("a"));
    sim.at(Duration.ofMillis(5_500), () -> sim.restart("a"));
    sim.restartsAfter(Duration.ofMillis(50));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    assertThat(watch.highestView()).isPositive();
    assertThat(sim.node("b").chain().evidence().committed(EvidencePlace.FIRST, 1)).isNotEmpty();
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofFourSeeds")
  void whatNobodySignedNamesNobody(String engine, long seed) {
    var sim = Runs.seeded(engine, seed).listen(watch);
    sim.plays("d", Runs.trick(engine, "framer"));

    assertThat(sim.runFor(RUN)).as(sim.toString()).isInstanceOf(Agreed.class);
    for (var name : List.of("a", "b", "c")) {
      var node = sim.node(name);
      assertThat(node.chain().evidence().committed(EvidencePlace.FIRST, 1)).isEmpty();
      assertThat(node.chain().evidence().pending()).isEmpty();
      assertThat(node.counts().orElseThrow().of(Count.EVIDENCE_INVALID)).isPositive();
    }
  }

  @Test
  void theOracleSeesABuilderThatLeavesOutWhatWaits() {
    var sim = Simulation.seeded(1).powers(5, 4, 4, 4);
    sim.plays("d", PbftTricks.named("two-faced"));
    sim.runFor(RUN);
    var b = sim.node("b");
    assertThat(b.chain().evidence().pending()).isNotEmpty();

    var built = new Event.BlockBuilt<PbftMessage>(1, Optional.of(block(sim, b)));
    sim.universe()
        .observe(
            new Observation.Stepped(
                sim.universe().now(), b.id(), b.incarnation(), built, List.of()));

    assertThat(found(sim)).contains(O24);
  }

  @Test
  void theOracleSeesSomebodyCorrectNamed() {
    var sim = Simulation.seeded(1).powers(5, 4, 4, 4);
    sim.runFor(Duration.ofSeconds(2));
    var b = sim.node("b");
    var block = block(sim, b, evidence(sim, "c"));
    var commit = b.chain().commit(b.chain().tip().orElseThrow().height()).orElseThrow();

    sim.universe()
        .observe(
            new Observation.Delivered(
                sim.universe().now(), b.id(), b.incarnation(), LedgerBlock.of(block), commit));

    assertThat(found(sim)).contains(O24);
  }

  @Test
  void soundChainSeesEvidenceThatNobodySigned() {
    var sim = Simulation.seeded(1).powers(5, 4, 4, 4);
    sim.runFor(Duration.ofSeconds(2));
    var b = sim.node("b");
    var good = evidence(sim, "d");
    var unsigned =
        DuplicateVote.of(
            SignedVote.unsigned(good.pair().first().vote()),
            SignedVote.unsigned(good.pair().second().vote()));
    var forged =
        DuplicateVoteEvidence.of(
            unsigned.orElseThrow(), sim.universe().genesis().validatorSet(), good.time());
    var commit = b.chain().commit(b.chain().tip().orElseThrow().height()).orElseThrow();

    sim.universe()
        .observe(
            new Observation.Delivered(
                sim.universe().now(),
                b.id(),
                b.incarnation(),
                LedgerBlock.of(block(sim, b, new Believing(), forged)),
                commit));

    assertThat(found(sim)).contains("O3 sound chain");
  }

  /** Offences of which a correct node had both votes before a time. */
  private Map<Hash, Offence> accusedBefore(Instant time) {
    var offences = new HashMap<Hash, Offence>();
    for (var step : watch.steps) {
      for (var effect : step.effects()) {
        if (effect instanceof Effect.Accuse<?>(var first, var second) && step.at().isBefore(time)) {
          var offence = DuplicateVote.of(first, second).orElseThrow().offence();
          offences.put(offence.id(), offence);
        }
      }
    }
    return offences;
  }

  /** A block on a node's tip, built by it. */
  private static Block block(Simulation sim, NodeView node, DuplicateVoteEvidence... evidence) {
    return block(sim, node, sim.universe().scheme(), evidence);
  }

  /** The same by rules under which other signatures are valid. */
  private static Block block(
      Simulation sim, NodeView node, SignatureScheme scheme, DuplicateVoteEvidence... evidence) {
    var genesis = sim.universe().genesis();
    var filling =
        new BlockRules.Filling(
            List.of(Transaction.of(Bytes.utf8("x"))), List.of(evidence), Commit.EMPTY);
    return new BlockRules(genesis, sim.universe().blockShape(), scheme)
        .build(
            node.chain().tip().orElseThrow(),
            sim.universe().now(),
            node.id(),
            filling,
            new TimesOf(node))
        .toBlock();
  }

  private static DuplicateVoteEvidence evidence(Simulation sim, String name) {
    var pair = DuplicateVote.of(vote(sim, name, "one"), vote(sim, name, "other")).orElseThrow();
    var time = sim.node("b").chain().header(pair.height()).orElseThrow().time();
    return DuplicateVoteEvidence.of(pair, sim.universe().genesis().validatorSet(), time);
  }

  private static SignedVote vote(Simulation sim, String name, String block) {
    var vote =
        new Vote(
            VoteType.COMMIT,
            new Height(1),
            Round.ZERO,
            id(Bytes.utf8(block)),
            Simulation.BEGINNING,
            sim.id(name));
    var signBytes = vote.signBytes(sim.universe().genesis().chainId());
    return new SignedVote(vote, sim.universe().scheme().sign(Keys.of(name), signBytes));
  }

  private static List<String> found(Simulation sim) {
    return sim.universe().violations().found().stream().map(Violation::oracle).toList();
  }

  private static BlockId id(Bytes text) {
    var hash = Hash.sha256(text);
    return new BlockId(hash, new PartSetHeader(1, hash));
  }

  /** Believes anything. */
  private static final class Believing implements SignatureScheme {
    @Override
    public Signature sign(KeyPair signer, Bytes message) {
      return Signature.UNSIGNED;
    }

    @Override
    public boolean verify(PublicKey key, Bytes message, Signature signature) {
      return true;
    }
  }

  /** The blocks of a node as ancestors of which only the times matter. */
  private record TimesOf(NodeView node) implements Ancestors {
    @Override
    public boolean hold(Hash transactionId) {
      return false;
    }

    @Override
    public boolean holdOffence(Hash offence) {
      return false;
    }

    @Override
    public Optional<Instant> timeAt(Height height) {
      return node.chain().header(height).map(it -> it.time());
    }
  }
}
