package dev.quorate.node.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.node.e2e.StreamFollower.Seen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
 * in the end an audit of everything that they were told.
 *
 * <p>How long clients waited is printed, not judged: a machine that is busy with something else is
 * no fault of ours. For the same reason the primary may be silent for longer here than by default.
 * With {@code -De2e.timers=500 -De2e.failovers=10 -De2e.pause=10 -De2e.load=16} on a quiet machine
 * it gives the figures that are quoted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class FailoverTest {
  /** T_heartbeat and T0, in milliseconds. */
  private static final long TIMERS = Long.getLong("e2e.timers", 2_500L);

  /** How often each primary's end is repeated. */
  private static final int TIMES = Integer.getInteger("e2e.failovers", 1);

  /** How long a primary stands still, in seconds. */
  private static final int PAUSE = Integer.getInteger("e2e.pause", 2);

  private static final int CONNECTIONS = Integer.getInteger("e2e.load", 8);

  private static final Duration PATIENCE = NodeCluster.PATIENCE;

  private final Acknowledgements acknowledged = new Acknowledgements();
  private final List<StreamFollower> followers = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private NodeCluster cluster;

  /** Where one node says that consensus stands. */
  private record Standing(long view, String primary, boolean active) {
    int primaryNode() {
      return Integer.parseInt(primary.substring("node-".length()));
    }
  }

  @BeforeAll
  void startFourNodes(@TempDir Path folder) {
    cluster =
        new NodeCluster(
            folder.resolve("net"), 4, Map.of("t_heartbeat_ms", TIMERS, "t0_ms", TIMERS));
    cluster.startAll();
    nodes().forEach(node -> followers.add(new StreamFollower(cluster.api(node))));
  }

  @AfterAll
  void endAll() {
    followers.forEach(StreamFollower::close);
    cluster.close();
  }

  @Test
  @Order(1)
  void aPrimaryThatIsKilledIsReplacedAndComesBackAsABackup() {
    for (int i = 0; i < TIMES; i++) {
      // Whoever was impatient at the start may stand alone in the next view until the others
      // follow.
      var before = ofAQuorum();
      int primary = before.primaryNode();

      try (var _ = load("a primary is killed " + i)) {
        long fault = System.nanoTime();
        cluster.kill(primary);
        awaitCommitsAfter(fault);
        report("primary killed", fault);

        var after = agreed(node -> node != primary);
        assertThat(after.view()).isGreaterThan(before.view());
        assertThat(after.primary()).isNotEqualTo(before.primary());
        cluster.start(primary);
        cluster.awaitReady(primary);
        assertThat(cluster.client(primary).get("/v1/consensus").text("votes", ""))
            .isEqualTo("votes");
        assertThat(cluster.commit(primary, "through a backup " + i).status()).isEqualTo(201);
        assertThat(agreed(_ -> true)).isEqualTo(after);
      }
    }
  }

  @Test
  @Order(2)
  void aBackupThatIsKilledCostsNoViewChange() {
    var before = agreed(_ -> true);
    int backup = (before.primaryNode() + 1) % cluster.size();

    try (var _ = load("a backup is killed")) {
      long fault = System.nanoTime();
      cluster.kill(backup);
      awaitCommitsAfter(fault);
      report("backup killed", fault);

      assertThat(agreed(node -> node != backup)).isEqualTo(before);
      cluster.start(backup);
      cluster.awaitReady(backup);
    }
    assertThat(agreed(_ -> true)).isEqualTo(before);
  }

  @Test
  @Order(3)
  void aPrimaryThatStandsStillIsReplacedAndGoesOnAsABackup() {
    for (int i = 0; i < TIMES; i++) {
      var before = agreed(_ -> true);
      int primary = before.primaryNode();

      try (var _ = load("a primary stands still " + i)) {
        long fault = System.nanoTime();
        cluster.pause(primary);
        awaitCommitsAfter(fault);
        report("primary stopped", fault);

        var after = agreed(node -> node != primary);
        assertThat(after.view()).isGreaterThan(before.view());
        assertThat(after.primary()).isNotEqualTo(before.primary());
        Eventually.holds(
            "it has stood still for " + PAUSE + " s",
            PATIENCE,
            () -> System.nanoTime() - fault > Duration.ofSeconds(PAUSE).toNanos());
        long resumed = System.nanoTime();
        cluster.resume(primary);
        awaitCommitsAfter(resumed);
        assertThat(cluster.commit(primary, "after a long sleep " + i).status()).isEqualTo(201);
        cluster.awaitReady(primary);
        report("it goes on", resumed);
        assertThat(agreed(_ -> true)).isEqualTo(after);
      }
    }
  }

  @Test
  @Order(4)
  void withoutAQuorumNothingIsCommittedReadsGoOnAndTheOthersSayWhy() {
    int primary = agreed(_ -> true).primaryNode();
    var away = List.of(primary, (primary + 1) % cluster.size());
    int here = (primary + 2) % cluster.size();
    away.forEach(cluster::kill);
    Eventually.holds("node " + here + " is not ready", PATIENCE, () -> !cluster.isReady(here));
    long height = height(here);

    var ready = cluster.client(here).get("/readyz");
    var refused = cluster.client(here).submit(Bytes.utf8("nobody can order this"));
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.text())
        .contains("2 of 4 validators reachable: 2 of 4 of the power, more than 2/3 needed");
    assertThat(away).allSatisfy(node -> assertThat(ready.text()).contains("node-" + node));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text("code", "")).isEqualTo("no-quorum");
    assertReadable(here, height);
    assertThat(height(here)).isEqualTo(height);

    away.forEach(cluster::start);
    away.forEach(cluster::awaitLive);
    long back = System.nanoTime();
    try (var _ = load("a quorum is back")) {
      report("2 of 4 are back", back);
    }
    nodes().forEach(cluster::awaitReady);
  }

  @Test
  @Order(5)
  void everythingAcknowledgedStandsAtItsPlaceOnAllNodesExactlyOnce() {
    long height = nodes().mapToLong(this::height).max().orElseThrow();
    var last = height + "." + (transactions(height) - 1);
    for (var follower : followers) {
      Eventually.holds(
          "a subscriber has seen " + last,
          PATIENCE,
          () -> follower.last().filter(last::equals).isPresent());
    }
    var chain = followers.getFirst().seen();

    assertThat(followers).allSatisfy(it -> assertThat(it.seen()).isEqualTo(chain));
    var places = positions(chain);
    assertThat(acknowledged.all())
        .filteredOn(it -> !it.position().equals(places.get(it.id())))
        .as("said to be where they are not")
        .isEmpty();
    assertThat(acknowledged.contradictions()).isEmpty();
    var audits = new TreeSet<String>();
    for (int node = 0; node < cluster.size(); node++) {
      assertThat(cluster.stop(node)).isZero();
      var audit = NodeCluster.quorate("verify", "chain", "--data", cluster.data(node).toString());
      assertThat(audit.code()).as(audit.toString()).isZero();
      audits.add(audit.lastLine());
    }
    assertThat(audits).singleElement().asString().startsWith("chain ok: height " + height);
    System.out.printf("failover: %d acknowledged, none lost%n", acknowledged.all().size());
  }

  private IntStream nodes() {
    return IntStream.range(0, cluster.size());
  }

  private AuditedLoad load(String name) {
    long before = System.nanoTime();
    var load = new AuditedLoad(cluster, name, CONNECTIONS, acknowledged);
    awaitCommitsAfter(before);
    return load;
  }

  private void awaitCommitsAfter(long nanos) {
    Eventually.holds(
        "every client sees commits",
        PATIENCE,
        () -> acknowledged.clientsServedSince(nanos) == CONNECTIONS);
  }

  private void report(String what, long fault) {
    System.out.printf(
        "failover: %s: %d ms without a commit, longest wait of a client %d ms%n",
        what,
        acknowledged.longestSilenceSince(fault).toMillis(),
        acknowledged.longestWaitSince(fault).toMillis());
  }

  /** Where consensus stands, once all these nodes say the same. */
  private Standing agreed(IntPredicate which) {
    var asked = nodes().filter(which).boxed().toList();
    return saidBy(asked.size(), asked);
  }

  private Standing ofAQuorum() {
    return saidBy(cluster.size() - 1, nodes().boxed().toList());
  }

  private Standing saidBy(int enough, List<Integer> asked) {
    var said = new ArrayList<Standing>();
    Predicate<Standing> common = it -> it.active() && Collections.frequency(said, it) >= enough;
    Eventually.holds(
        enough + " are in one view",
        PATIENCE,
        () -> {
          said.clear();
          asked.forEach(node -> said.add(standing(node)));
          return said.stream().anyMatch(common);
        });
    return said.stream().filter(common).findFirst().orElseThrow();
  }

  private Standing standing(int node) {
    var json = cluster.client(node).get("/v1/consensus").json();
    return new Standing(
        json.path("view").asLong(), json.path("primary").asText(), json.path("active").asBoolean());
  }

  private long height(int node) {
    return cluster.client(node).get("/v1/blocks/latest").json().path("height").asLong();
  }

  private long transactions(long height) {
    return cluster.client(0).get("/v1/blocks/" + height).json().path("txs").asLong();
  }

  /** Blocks, transactions and streams of old heights. */
  private void assertReadable(int node, long height) {
    var some = acknowledged.all().getFirst();
    var found = cluster.client(node).get("/v1/transactions/" + some.id());
    assertThat(found.text("state", "")).isEqualTo("COMMITTED");
    assertThat(found.text("sequence", "")).isEqualTo(Long.toString(some.sequence()));
    assertThat(cluster.client(node).get("/v1/blocks/1").status()).isEqualTo(200);
    try (var stream = new StreamFollower(cluster.api(node))) {
      Eventually.holds(
          "the stream reaches the tip",
          PATIENCE,
          () -> stream.last().filter(it -> it.startsWith(height + ".")).isPresent());
    }
  }

  /** Where each transaction stands; refuses one that stands at two places. */
  private static Map<String, String> positions(List<Seen> chain) {
    var positions = new HashMap<String, String>();
    for (var seen : chain) {
      if (seen.isTransaction()) {
        assertThat(positions.put(seen.what(), seen.position())).as(seen.what()).isNull();
      }
    }
    return positions;
  }
}
