package dev.quorate.node.e2e.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.node.e2e.Eventually;
import dev.quorate.node.e2e.NodeCluster;
import dev.quorate.node.e2e.failover.StreamFollower.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A network of processes with a subscriber at each node, which remembers all that its clients were
 * told, whatever is done to its processes, and judges it in the end.
 */
final class AuditedNetwork implements AutoCloseable {
  private static final Duration PATIENCE = NodeCluster.PATIENCE;

  private final NodeCluster cluster;
  private final String name;
  private final int connections;
  private final Acknowledgements acknowledged = new Acknowledgements();
  private final List<StreamFollower> followers = new ArrayList<>();

  /**
   * Of a cluster that is not started yet.
   *
   * @param name for what is printed
   * @param connections how many clients make a load
   */
  AuditedNetwork(NodeCluster cluster, String name, int connections) {
    this.cluster = cluster;
    this.name = name;
    this.connections = connections;
  }

  /** Starts all nodes. */
  void start() {
    cluster.startAll();
    nodes().forEach(node -> followers.add(new StreamFollower(cluster.api(node))));
  }

  @Override
  public void close() {
    followers.forEach(StreamFollower::close);
    cluster.close();
  }

  IntStream nodes() {
    return IntStream.range(0, cluster.size());
  }

  /** Clients that are all being served, until it is closed. */
  AuditedLoad load(String what) {
    long before = System.nanoTime();
    var load = new AuditedLoad(cluster, what, connections, acknowledged);
    awaitCommitsAfter(before);
    return load;
  }

  /** Waits until each client was told of a commit that it asked for after a moment. */
  void awaitCommitsAfter(long nanos) {
    Eventually.holds(
        "every client sees commits",
        PATIENCE,
        () -> acknowledged.clientsServedSince(nanos) == connections);
  }

  /** Prints how long clients had to wait since a moment. */
  void report(String what, long since) {
    System.out.printf(
        "failover of %s: %s: %d ms without a commit, longest wait of a client %d ms%n",
        name,
        what,
        acknowledged.longestSilenceSince(since).toMillis(),
        acknowledged.longestWaitSince(since).toMillis());
  }

  long height(int node) {
    return cluster.client(node).get("/v1/blocks/latest").json().path("height").asLong();
  }

  /**
   * Kills so many nodes that the others are no quorum, lets them say so, and fails if anything is
   * committed or cannot be read without them; then starts them again.
   *
   * @param reachable what the others have to say of those who are left
   */
  void assertStandsStillWithout(List<Integer> away, String reachable) {
    var left = nodes().filter(it -> !away.contains(it)).boxed().toList();
    int here = left.getLast();
    away.forEach(cluster::kill);
    for (int node : left) {
      Eventually.holds("node " + node + " is not ready", PATIENCE, () -> !cluster.isReady(node));
    }
    // Whoever saw the last commit hands it to the others.
    Eventually.holds(
        "those who are left are at one height",
        PATIENCE,
        () -> left.stream().map(this::height).distinct().count() == 1);
    long height = height(here);

    var ready = cluster.client(here).get("/readyz");
    var refused = cluster.client(here).submit(Bytes.utf8("nobody can order this"));
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.text()).contains(reachable).contains("not reachable: " + names(away) + "\"");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text("code", "")).isEqualTo("no-quorum");
    assertReadable(here, height);
    assertThat(left).allSatisfy(it -> assertThat(height(it)).isEqualTo(height));
    away.forEach(cluster::start);
    away.forEach(cluster::awaitLive);
  }

  /**
   * What was acknowledged stands at its place on all nodes, once; all subscribers saw one chain,
   * and all folders hold it. Stops the nodes.
   */
  void assertNothingIsLostOrDoubled() {
    long height = nodes().mapToLong(this::height).max().orElseThrow();
    int highest = nodes().filter(it -> height(it) >= height).findFirst().orElseThrow();
    var last = lastPosition(highest, height);
    for (var follower : followers) {
      Eventually.holds(
          "a subscriber has seen " + last,
          PATIENCE,
          () -> follower.seen().stream().anyMatch(it -> it.position().equals(last)));
    }
    var chain = followers.getFirst().seenUpTo(last);

    assertThat(followers).allSatisfy(it -> assertThat(it.seenUpTo(last)).isEqualTo(chain));
    var places = positions(chain);
    assertThat(acknowledged.all())
        .filteredOn(it -> !it.position().equals(places.get(it.id())))
        .as("said to be where they are not")
        .isEmpty();
    assertThat(acknowledged.contradictions()).isEmpty();
    assertFoldersHoldOneChain(height);
    System.out.printf("failover of %s: %d acknowledged, none lost%n", name, acknowledged.count());
  }

  /** A height that had begun may still end in an empty block here, and not there. */
  private void assertFoldersHoldOneChain(long height) {
    var audits = new TreeMap<Long, String>();
    for (int node = 0; node < cluster.size(); node++) {
      long tip = height(node);
      assertThat(cluster.stop(node)).isZero();
      var audit = NodeCluster.quorate("verify", "chain", "--data", cluster.data(node).toString());
      assertThat(audit.code()).as(audit.toString()).isZero();
      assertThat(audit.lastLine()).startsWith("chain ok: height ");
      var other = audits.putIfAbsent(tip, audit.lastLine());
      assertThat(other == null ? audit.lastLine() : other).isEqualTo(audit.lastLine());
    }
    assertThat(audits.firstKey()).isGreaterThanOrEqualTo(height);
  }

  /** Blocks, transactions and streams of old heights. */
  private void assertReadable(int node, long height) {
    var some = acknowledged.all().getFirst();
    var found = cluster.client(node).get("/v1/transactions/" + some.id());
    assertThat(found.text("state", "")).isEqualTo("COMMITTED");
    assertThat(found.text("sequence", "")).isEqualTo(Long.toString(some.sequence()));
    assertThat(cluster.client(node).get("/v1/blocks/1").status()).isEqualTo(200);
    var tip = lastPosition(node, height);
    try (var stream = new StreamFollower(cluster.api(node))) {
      Eventually.holds(
          "the stream reaches the tip",
          PATIENCE,
          () -> stream.last().filter(tip::equals).isPresent());
    }
  }

  /** Where the last event of a block stands in a stream: its last transaction, if it has one. */
  private String lastPosition(int node, long height) {
    long count = cluster.client(node).get("/v1/blocks/" + height).json().path("txs").asLong();
    return count == 0 ? Long.toString(height) : height + "." + (count - 1);
  }

  private static String names(List<Integer> nodes) {
    return nodes.stream().sorted().map(it -> "node-" + it).collect(Collectors.joining(", "));
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
