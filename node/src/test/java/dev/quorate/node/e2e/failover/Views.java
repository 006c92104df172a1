package dev.quorate.node.e2e.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.node.e2e.Eventually;
import dev.quorate.node.e2e.NodeCluster;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** PBFT's leadership: one primary for as long as its view lasts. */
final class Views implements Leadership {
  private final NodeCluster cluster;
  private @Nullable Standing known;

  /** Where one node says that consensus stands. */
  private record Standing(long view, String primary, boolean active) {
    int primaryNode() {
      return Integer.parseInt(primary.substring("node-".length()));
    }
  }

  Views(NodeCluster cluster) {
    this.cluster = cluster;
  }

  /** Whoever was impatient may stand alone in the next view until the others follow. */
  @Override
  public int look() {
    var standing = saidBy(cluster.size() - 1, nodes(-1));
    known = standing;
    return standing.primaryNode();
  }

  @Override
  public void assertReplaced(int away) {
    var after = agreed(away);
    assertThat(after.view()).isGreaterThan(known().view());
    assertThat(after.primary()).isNotEqualTo(known().primary());
    known = after;
  }

  @Override
  public void assertSpared(int away) {
    assertThat(agreed(away)).isEqualTo(known());
  }

  /** Once primary, it is a backup now: all are in the view that began without it. */
  @Override
  public void assertBack(int returned) {
    assertThat(agreed(-1)).isEqualTo(known());
  }

  private Standing known() {
    if (known == null) {
      throw new IllegalStateException("nobody has looked yet");
    }
    return known;
  }

  /** Where consensus stands, once all but one say the same. */
  private Standing agreed(int without) {
    var asked = nodes(without);
    return saidBy(asked.size(), asked);
  }

  private Standing saidBy(int enough, List<Integer> asked) {
    var said = new ArrayList<Standing>();
    Predicate<Standing> common = it -> it.active() && Collections.frequency(said, it) >= enough;
    Eventually.holds(
        enough + " are in one view",
        NodeCluster.PATIENCE,
        () -> {
          said.clear();
          asked.forEach(node -> said.add(standing(node)));
          return said.stream().anyMatch(common);
        });
    return said.stream().filter(common).findFirst().orElseThrow();
  }

  private List<Integer> nodes(int without) {
    return IntStream.range(0, cluster.size()).filter(it -> it != without).boxed().toList();
  }

  private Standing standing(int node) {
    var json = cluster.client(node).get("/v1/consensus").json();
    return new Standing(
        json.path("view").asLong(), json.path("primary").asText(), json.path("active").asBoolean());
  }
}
