package dev.quorate.node.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.ledger.light.LightBlock;
import dev.quorate.ledger.light.LightBlockJson;
import dev.quorate.ledger.light.LightClientVerifier;
import dev.quorate.ledger.light.LightClientVerifier.Rules;
import dev.quorate.ledger.light.LightVerdict;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of one network of four processes, told in order: load from all sides, subscribers, kills
 * and restarts, the audit of every folder. It is the same for every engine and whatever the powers.
 *
 * <p>{@code -De2e.transactions=20000} runs it at full size, {@code -De2e.connections=64} with more
 * clients.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
abstract class NetworkLife {
  private static final int TRANSACTIONS = Integer.getInteger("e2e.transactions", 2_000);
  private static final int CONNECTIONS = Integer.getInteger("e2e.connections", 16);
  private static final int BYTES = 256;
  private static final Duration PATIENCE = NodeCluster.PATIENCE.plusMillis(TRANSACTIONS * 5L);
  private static final JsonMapper JSON = new JsonMapper();

  private final String engine;
  private final List<Long> powers;
  private final HttpClient http = HttpClient.newHttpClient();
  private final TreeMap<Long, String> committed = new TreeMap<>();

  @SuppressWarnings("NullAway.Init")
  private NodeCluster cluster;

  @SuppressWarnings("NullAway.Init")
  private StreamRecord sse;

  @SuppressWarnings("NullAway.Init")
  private StreamRecord webSocket;

  /** A network of an engine, with a validator for each power. */
  NetworkLife(String engine, List<Long> powers) {
    this.engine = engine;
    this.powers = powers;
  }

  @BeforeAll
  void startAllNodes(@TempDir Path folder) {
    cluster = new NodeCluster(folder.resolve("net"), engine, powers, Map.of());
    cluster.startAll();
    sse = StreamRecord.overSse(cluster.client(1), 1);
    webSocket = StreamRecord.overWebSocket(http, cluster.api(2), 1);
  }

  @AfterAll
  void endAll() {
    cluster.close();
    http.shutdownNow();
  }

  @Test
  @Order(1)
  void everyTransactionIsCommittedExactlyOnce() throws Exception {
    var replies = submitToAll();

    var places = new HashSet<String>();
    for (var reply : replies) {
      committed.put(reply.path("sequence").asLong(), reply.path("id").asText());
      places.add(reply.path("height").asText() + "." + reply.path("index").asText());
    }
    assertThat(committed.keySet())
        .containsExactlyElementsOf(LongStream.range(0, TRANSACTIONS).boxed().toList());
    assertThat(new TreeSet<>(committed.values())).hasSize(TRANSACTIONS);
    assertThat(places).hasSize(TRANSACTIONS);
  }

  @Test
  @Order(2)
  void everyNodeFindsEveryTransactionAtTheSamePlace() {
    for (long sequence = 0; sequence < TRANSACTIONS; sequence += TRANSACTIONS / 50) {
      var path = "/v1/transactions/" + committed.get(sequence);
      var answers = new HashSet<String>();
      for (int node = 0; node < cluster.size(); node++) {
        int asked = node;
        Eventually.holds(
            "node " + node + " has " + path,
            PATIENCE,
            () -> cluster.client(asked).get(path).text("state", "").equals("COMMITTED"));
        answers.add(cluster.client(node).get(path).text("sequence", "none"));
      }
      assertThat(answers).containsExactly(Long.toString(sequence));
    }
  }

  @Test
  @Order(3)
  void subscribersSawEachBlockAndTransactionOnceAndInOrder() {
    var expected = positions();

    for (var record : List.of(sse, webSocket)) {
      Eventually.holds(
          "a subscriber saw it all", PATIENCE, () -> record.transactions() >= TRANSACTIONS);
      assertThat(record.positions()).isEqualTo(expected);
    }
  }

  @Test
  @Order(4)
  void eachBlockVerifiesAsALightClientSeesIt() {
    var verifier = new LightClientVerifier(Rules.trustingFor(Duration.ofDays(1)), Ed25519.INSTANCE);
    var trusted = light(0, 1);
    for (long height = 2; height <= height(0); height++) {
      var next = light((int) height % cluster.size(), height);

      assertThat(verifier.verify(trusted.trusted(), next, Clock.systemUTC().instant()))
          .as("height %d", height)
          .isInstanceOf(LightVerdict.Verified.class);
      trusted = next;
    }
  }

  @Test
  @Order(5)
  void aKilledNodeCatchesUpAndTakesPart() {
    int primary = cluster.primary();
    var dispensable = cluster.dispensable().stream().filter(it -> it != primary).toList();
    int victim = dispensable.get(0);
    int other = dispensable.get(1);
    cluster.kill(victim);
    for (int i = 0; i < 20; i++) {
      assertThat(cluster.commit(primary, "while one is dead " + i).status()).isEqualTo(201);
    }

    cluster.start(victim);
    cluster.awaitReady(victim);

    assertThat(blockHash(victim, height(primary))).isEqualTo(blockHash(primary, height(primary)));
    cluster.kill(other);
    assertThat(cluster.commit(victim, "it is needed for a quorum now").status()).isEqualTo(201);
    cluster.start(other);
    cluster.awaitReady(other);
  }

  @Test
  @Order(6)
  void allKilledAtOnceGoOnWithTheSameChain() {
    long height = height(cluster.primary());
    var hash = blockHash(cluster.primary(), height);
    IntStream.range(0, cluster.size()).forEach(cluster::kill);

    cluster.startAll();

    for (int node = 0; node < cluster.size(); node++) {
      assertThat(blockHash(node, height)).isEqualTo(hash);
    }
    var repeated = cluster.client(3).submit(Bytes.utf8("while one is dead 7"));
    assertThat(repeated.status()).isEqualTo(200);
    assertThat(Long.parseLong(cluster.commit(0, "life goes on").text("height", "")))
        .as("a height that had begun may have ended in an empty block before")
        .isGreaterThan(height);
  }

  @Test
  @Order(7)
  void aStoppedNodeEndsWithZeroWithinFiveSecondsAndAllFoldersHoldOneChain() {
    long height = height(0);
    for (int node = 0; node < cluster.size(); node++) {
      int asked = node;
      Eventually.holds("node has the tip", PATIENCE, () -> height(asked) >= height);
    }
    for (int node = 0; node < cluster.size(); node++) {
      assertThat(cluster.stop(node)).isZero();
    }

    var audits = new TreeMap<Long, String>();
    for (int node = 0; node < cluster.size(); node++) {
      var audit = NodeCluster.quorate("verify", "chain", "--data", cluster.data(node).toString());
      assertThat(audit.code()).as(audit.toString()).isZero();
      assertThat(audit.lastLine())
          .matches("chain ok: height \\d+, block [0-9a-f]{64}, \\d+ transactions");
      long tip = Long.parseLong(audit.lastLine().replaceAll("^chain ok: height (\\d+),.*$", "$1"));
      var other = audits.putIfAbsent(tip, audit.lastLine());
      assertThat(other == null ? audit.lastLine() : other).isEqualTo(audit.lastLine());
    }
    assertThat(audits.firstKey())
        .as("a height that had begun may still end in an empty block, here or there")
        .isGreaterThanOrEqualTo(height);
  }

  /** All transactions over many connections to all nodes; what was answered, in any order. */
  private List<JsonNode> submitToAll() throws InterruptedException, ExecutionException {
    var futures = new ArrayList<Future<List<JsonNode>>>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        int client = i;
        futures.add(clients.submit(() -> submitShare(client)));
      }
    }
    var replies = new ArrayList<JsonNode>();
    for (var future : futures) {
      replies.addAll(future.get());
    }
    return replies;
  }

  private List<JsonNode> submitShare(int client) throws IOException {
    var random = new SplittableRandom(client);
    var replies = new ArrayList<JsonNode>();
    var transaction = new byte[BYTES];
    try (var line = new HttpLine(cluster.api(client % cluster.size()), "wait=60")) {
      for (int i = client; i < TRANSACTIONS; i += CONNECTIONS) {
        random.nextBytes(transaction);
        var reply = line.submit(transaction);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        replies.add(JSON.readTree(reply.body()));
      }
    }
    return replies;
  }

  /** The positions of the chain's events, as node 0 has the chain. */
  private List<String> positions() {
    var positions = new ArrayList<String>();
    for (long height = 1; height <= height(0); height++) {
      positions.add(Long.toString(height));
      long count = block(0, height).path("txs").asLong();
      for (long index = 0; index < count; index++) {
        positions.add(height + "." + index);
      }
    }
    return positions;
  }

  private LightBlock light(int node, long height) {
    var answer = cluster.client(node).get("/v1/blocks/" + height + "/light");
    var reading = LightBlockJson.read(Bytes.utf8(answer.text()));
    assertThat(reading).isInstanceOf(LightBlockJson.Reading.Read.class);
    return ((LightBlockJson.Reading.Read) reading).block();
  }

  private long height(int node) {
    return cluster.client(node).get("/v1/blocks/latest").json().path("height").asLong();
  }

  private String blockHash(int node, long height) {
    return block(node, height).path("hash").asText();
  }

  private JsonNode block(int node, long height) {
    var answer = cluster.client(node).get("/v1/blocks/" + height);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }
}
