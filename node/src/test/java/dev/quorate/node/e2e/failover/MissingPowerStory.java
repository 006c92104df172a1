package dev.quorate.node.e2e.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.CommitSig;
import dev.quorate.ledger.light.LightBlockJson;
import dev.quorate.node.e2e.NodeCluster;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes of unequal power of which some die, told in order: what counts is how much power
 * is left, not how many validators. It is the same for every engine.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
abstract class MissingPowerStory {
  private static final int CONNECTIONS = 8;

  private final String engine;
  private final Map<String, Long> timers;
  private final List<Long> powers;
  private final int dispensable;
  private final List<Integer> tooMany;

  @SuppressWarnings("NullAway.Init")
  private NodeCluster cluster;

  @SuppressWarnings("NullAway.Init")
  private AuditedNetwork network;

  /**
   * The story of an engine and four powers.
   *
   * @param timers the parameters that say how long its leader may be silent
   * @param dispensable a node without which the others are a quorum
   * @param tooMany nodes, this one among them, without which the others are none
   */
  MissingPowerStory(
      String engine,
      List<String> timers,
      List<Long> powers,
      int dispensable,
      List<Integer> tooMany) {
    this.engine = engine;
    this.timers = FailoverStory.timers(timers);
    this.powers = powers;
    this.dispensable = dispensable;
    this.tooMany = tooMany;
  }

  @BeforeAll
  void startAllNodes(@TempDir Path folder) {
    cluster = new NodeCluster(folder.resolve("net"), engine, powers, timers);
    network = new AuditedNetwork(cluster, engine + " with powers " + powers, CONNECTIONS);
    network.start();
  }

  @AfterAll
  void endAll() {
    network.close();
  }

  @Test
  @Order(1)
  void oneWithoutWhichTheOthersAreAQuorumIsNotMissed() {
    try (var _ = network.load("one is down")) {
      long fault = System.nanoTime();
      cluster.kill(dispensable);
      network.awaitCommitsAfter(fault);
      network.report("node-" + dispensable + " killed", fault);

      cluster.start(dispensable);
      cluster.awaitReady(dispensable);
    }
  }

  @Test
  @Order(2)
  void withoutMoreThanTwoThirdsOfThePowerNothingIsCommittedAndTheOthersSayWhy() {
    long total = powers.stream().mapToLong(Long::longValue).sum();
    long left = total - tooMany.stream().mapToLong(powers::get).sum();

    network.assertStandsStillWithout(
        tooMany,
        "%d of 4 validators reachable: %d of %d of the power, more than 2/3 needed"
            .formatted(4 - tooMany.size(), left, total));
  }

  @Test
  @Order(3)
  void whenTheyAreBackTransactionsAreCommittedAgain() {
    long back = System.nanoTime();
    try (var _ = network.load("all are back")) {
      network.report("all are back", back);
    }
    network.nodes().forEach(cluster::awaitReady);
  }

  @Test
  @Order(4)
  void everyCommitAtEveryNodeIsWorthMoreThanTwoThirds() {
    for (int node = 0; node < cluster.size(); node++) {
      long tip = network.height(node);
      assertThat(tip).isGreaterThan(0);
      for (long height = 1; height <= tip; height++) {
        assertMoreThanTwoThirds(node, height);
      }
    }
  }

  @Test
  @Order(5)
  void everythingAcknowledgedStandsAtItsPlaceOnAllNodesExactlyOnce() {
    network.assertNothingIsLostOrDoubled();
  }

  /** Adds up who signed, each once, without any code of ours that knows what a quorum is. */
  private void assertMoreThanTwoThirds(int node, long height) {
    var answer = cluster.client(node).get("/v1/blocks/" + height + "/light");
    var reading = LightBlockJson.read(Bytes.utf8(answer.text()));
    assertThat(reading).isInstanceOf(LightBlockJson.Reading.Read.class);
    var block = ((LightBlockJson.Reading.Read) reading).block();
    var signers = new HashSet<ValidatorId>();
    for (var place : block.commit().signatures()) {
      if (place.flag() == CommitSig.Flag.COMMIT) {
        signers.add(place.validator().orElseThrow());
      }
    }
    long signed = 0;
    long total = 0;
    for (var validator : block.validators()) {
      total += validator.power();
      signed += signers.contains(validator.id()) ? validator.power() : 0;
    }
    assertThat(total).isEqualTo(powers.stream().mapToLong(Long::longValue).sum());
    assertThat(3 * signed)
        .as("node %d, height %d: %d of %d signed", node, height, signed, total)
        .isGreaterThan(2 * total);
  }
}
