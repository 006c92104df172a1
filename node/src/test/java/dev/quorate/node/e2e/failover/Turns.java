package dev.quorate.node.e2e.failover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quorate.node.e2e.Eventually;
import dev.quorate.node.e2e.NodeCluster;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Tendermint's leadership among validators of equal power: they propose in turn, one height each,
 * and a height that its proposer misses is decided in a later round by another's proposal. So
 * whoever proposes at this moment also proposes at one of the next heights, and whoever is away
 * costs the heights of its own turn a round, and no others.
 */
final class Turns implements Leadership {
  private final NodeCluster cluster;

  /** The last height when it was looked. */
  private long since;

  /** Who proposed in round 0, by height modulo the number of validators. */
  private final Map<Long, String> turns = new HashMap<>();

  Turns(NodeCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public int look() {
    Eventually.holds("each has had its turn", NodeCluster.PATIENCE, this::hasLearnt);
    assertThat(turns.values()).as("one turn each").doesNotHaveDuplicates();
    return cluster.primary();
  }

  @Override
  public void assertReplaced(int away) {
    awaitBlock(
        "another has proposed at a height of node " + away,
        anotherThan(away),
        since,
        it -> round(it) > 0 && !proposer(it).equals(name(away)));
  }

  @Override
  public void assertSpared(int away) {
    assertReplaced(away);
    int asked = anotherThan(away);
    var passedOn =
        LongStream.rangeClosed(since + 1, height(asked))
            .filter(it -> round(block(asked, it)) > 0)
            .boxed();
    assertThat(passedOn)
        .as("heights that took more than a round, where the turns are %s", turns)
        .allSatisfy(it -> assertThat(turns).containsEntry(turn(it), name(away)));
  }

  /** It proposes in its turn again. */
  @Override
  public void assertBack(int returned) {
    awaitBlock(
        "node " + returned + " has proposed again",
        returned,
        height(returned),
        it -> round(it) == 0 && proposer(it).equals(name(returned)));
  }

  private boolean hasLearnt() {
    long from = since + 1;
    since = height(0);
    for (long height = from; turns.size() < cluster.size() && height <= since; height++) {
      var block = block(0, height);
      if (round(block) == 0) {
        turns.putIfAbsent(turn(height), proposer(block));
      }
    }
    return turns.size() == cluster.size();
  }

  /** Waits for a block above a height that is as wanted. */
  private void awaitBlock(String what, int node, long above, Predicate<JsonNode> wanted) {
    var next = new AtomicLong(above + 1);
    Eventually.holds(
        what,
        NodeCluster.PATIENCE,
        () -> {
          for (long tip = height(node); next.get() <= tip; ) {
            if (wanted.test(block(node, next.getAndIncrement()))) {
              return true;
            }
          }
          return false;
        });
  }

  private long turn(long height) {
    return height % cluster.size();
  }

  private int anotherThan(int node) {
    return node == 0 ? 1 : 0;
  }

  private long height(int node) {
    return block(node, "latest").path("height").asLong();
  }

  private JsonNode block(int node, long height) {
    return block(node, Long.toString(height));
  }

  private JsonNode block(int node, String which) {
    return cluster.client(node).get("/v1/blocks/" + which).json();
  }

  private static long round(JsonNode block) {
    return block.path("round").asLong();
  }

  private static String proposer(JsonNode block) {
    return block.path("proposer").asText();
  }

  private static String name(int node) {
    return "node-" + node;
  }
}
