package dev.quorate.node.e2e.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.node.e2e.Eventually;
import dev.quorate.node.e2e.NodeCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients notice when processes die or stand still, told in order on one network of four, and
 * in the end an audit of everything that they were told. It is the same for every engine; what it
 * is to lead differs ({@link Leadership}).
 *
 * <p>How long clients waited is printed, not judged: a machine that is busy with something else is
 * no fault of ours. For the same reason whoever leads may be silent for longer here than by
 * default. With the engine's own timers and {@code -De2e.failovers=10 -De2e.pause=10 -De2e.load=16}
 * on a quiet machine it gives the figures that are quoted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
abstract class FailoverStory {
  /** How long a leader may be silent, in milliseconds. */
  private static final long TIMERS = Long.getLong("e2e.timers", 2_500L);

  /** How often each leader's end is repeated. */
  private static final int TIMES = Integer.getInteger("e2e.failovers", 1);

  /** How long a leader stands still, in seconds. */
  private static final int PAUSE = Integer.getInteger("e2e.pause", 2);

  private static final int CONNECTIONS = Integer.getInteger("e2e.load", 8);

  private static final Duration PATIENCE = NodeCluster.PATIENCE;

  private final String engine;
  private final Map<String, Long> timers;
  private final Function<NodeCluster, Leadership> leaders;

  @SuppressWarnings("NullAway.Init")
  private NodeCluster cluster;

  @SuppressWarnings("NullAway.Init")
  private AuditedNetwork network;

  @SuppressWarnings("NullAway.Init")
  private Leadership leadership;

  /**
   * The story of an engine.
   *
   * @param timers the parameters that say how long its leader may be silent
   */
  FailoverStory(String engine, List<String> timers, Function<NodeCluster, Leadership> leaders) {
    this.engine = engine;
    this.timers = timers(timers);
    this.leaders = leaders;
  }

  /** Parameters that are all as long as was asked for. */
  static Map<String, Long> timers(List<String> names) {
    return names.stream().collect(Collectors.toMap(it -> it, _ -> TIMERS));
  }

  @BeforeAll
  void startFourNodes(@TempDir Path folder) {
    cluster = new NodeCluster(folder.resolve("net"), engine, List.of(1L, 1L, 1L, 1L), timers);
    network = new AuditedNetwork(cluster, engine, CONNECTIONS);
    leadership = leaders.apply(cluster);
    network.start();
  }

  @AfterAll
  void endAll() {
    network.close();
  }

  @Test
  @Order(1)
  void aLeaderThatIsKilledIsReplacedAndComesBack() {
    for (int i = 0; i < TIMES; i++) {
      try (var _ = network.load("a leader is killed " + i)) {
        int leader = leadership.look();
        long fault = System.nanoTime();
        cluster.kill(leader);
        network.awaitCommitsAfter(fault);
        leadership.assertReplaced(leader);
        network.report("leader killed", fault);

        cluster.start(leader);
        cluster.awaitReady(leader);
        assertThat(cluster.client(leader).get("/v1/consensus").text("votes", ""))
            .isEqualTo("votes");
        assertThat(cluster.commit(leader, "through one that was away " + i).status())
            .isEqualTo(201);
        leadership.assertBack(leader);
      }
    }
  }

  @Test
  @Order(2)
  void anotherThatIsKilledCostsTheLeadersNothing() {
    try (var _ = network.load("another is killed")) {
      int other = (leadership.look() + 1) % cluster.size();
      long fault = System.nanoTime();
      cluster.kill(other);
      network.awaitCommitsAfter(fault);
      leadership.assertSpared(other);
      network.report("another killed", fault);

      cluster.start(other);
      cluster.awaitReady(other);
      leadership.assertBack(other);
    }
  }

  @Test
  @Order(3)
  void aLeaderThatStandsStillIsReplacedAndGoesOn() {
    for (int i = 0; i < TIMES; i++) {
      try (var _ = network.load("a leader stands still " + i)) {
        int leader = leadership.look();
        long fault = System.nanoTime();
        cluster.pause(leader);
        network.awaitCommitsAfter(fault);
        leadership.assertReplaced(leader);
        network.report("leader stopped", fault);

        Eventually.holds(
            "it has stood still for " + PAUSE + " s",
            PATIENCE,
            () -> System.nanoTime() - fault > Duration.ofSeconds(PAUSE).toNanos());
        long resumed = System.nanoTime();
        cluster.resume(leader);
        network.awaitCommitsAfter(resumed);
        // Until it has its peers and their blocks again, it says so with a 503.
        cluster.awaitReady(leader);
        assertThat(cluster.commit(leader, "after a long sleep " + i).status()).isEqualTo(201);
        leadership.assertBack(leader);
        network.report("it goes on", resumed);
      }
    }
  }

  @Test
  @Order(4)
  void allThatAreKilledAtOnceUnderLoadGoOn() {
    for (int i = 0; i < TIMES; i++) {
      try (var _ = network.load("all are killed " + i)) {
        long fault = System.nanoTime();
        cluster.killAll();
        long back = System.nanoTime();
        cluster.startAll();
        network.awaitCommitsAfter(back);
        network.report("all killed", fault);
      }
    }
  }

  @Test
  @Order(5)
  void withoutAQuorumNothingIsCommittedReadsGoOnAndTheOthersSayWhy() {
    int leader = leadership.look();
    var away = List.of(leader, (leader + 1) % cluster.size());

    network.assertStandsStillWithout(
        away, "2 of 4 validators reachable: 2 of 4 of the power, more than 2/3 needed");

    long back = System.nanoTime();
    try (var _ = network.load("a quorum is back")) {
      network.report("2 of 4 are back", back);
    }
    network.nodes().forEach(cluster::awaitReady);
  }

  @Test
  @Order(6)
  void everythingAcknowledgedStandsAtItsPlaceOnAllNodesExactlyOnce() {
    network.assertNothingIsLostOrDoubled();
  }
}
