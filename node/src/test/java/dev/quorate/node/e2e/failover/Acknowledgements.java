package dev.quorate.node.e2e.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What clients were told for certain: that a transaction stands at a place in the ledger. */
final class Acknowledgements {
  private final Map<String, Acknowledgement> byId = new LinkedHashMap<>();
  private final List<String> contradictions = new ArrayList<>();

  /**
   * One answer that said COMMITTED.
   *
   * @param position height and index, as in a stream
   * @param client the number of the client
   * @param asked when the client began to ask for it, in {@link System#nanoTime()}
   * @param answered when the answer was there
   */
  record Acknowledgement(
      String id, String position, long sequence, int client, long asked, long answered) {}

  synchronized void add(Acknowledgement acknowledgement) {
    var before = byId.putIfAbsent(acknowledgement.id(), acknowledgement);
    if (before != null && !before.position().equals(acknowledgement.position())) {
      contradictions.add(before + " and " + acknowledgement);
    }
  }

  synchronized List<Acknowledgement> all() {
    return List.copyOf(byId.values());
  }

  synchronized int count() {
    return byId.size();
  }

  /** Two answers that put one transaction at two places. */
  synchronized List<String> contradictions() {
    return List.copyOf(contradictions);
  }

  /** How many clients have asked for a commit since then, and were told of it. */
  synchronized long clientsServedSince(long nanos) {
    return byId.values().stream()
        .filter(it -> it.asked() - nanos >= 0)
        .map(Acknowledgement::client)
        .distinct()
        .count();
  }

  /** The longest time since then in which no client at all was told of a commit. */
  synchronized Duration longestSilenceSince(long nanos) {
    long last = nanos;
    long longest = 0;
    for (long answered : answeredSince(nanos).sorted().toArray()) {
      longest = Math.max(longest, answered - last);
      last = answered;
    }
    return Duration.ofNanos(longest);
  }

  /** The longest time that a client has waited for one transaction, over answers since then. */
  synchronized Duration longestWaitSince(long nanos) {
    return Duration.ofNanos(
        byId.values().stream()
            .filter(it -> it.answered() - nanos >= 0)
            .mapToLong(it -> it.answered() - it.asked())
            .max()
            .orElse(0));
  }

  private LongStream answeredSince(long nanos) {
    return byId.values().stream()
        .mapToLong(Acknowledgement::answered)
        .filter(answered -> answered - nanos >= 0);
  }
}
