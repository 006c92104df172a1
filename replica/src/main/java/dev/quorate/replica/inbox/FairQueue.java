package dev.quorate.replica.inbox;

import dev.quorate.consensus.core.validators.ValidatorId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue for each of a fixed set of sources, emptied in turns, so that a source which says
 * much delays itself and nobody else. Not safe for use by several threads.
 */
final class FairQueue<K, T> {
  private final int maxCount;
  private final long maxBytes;
  private final List<Lane<T>> lanes = new ArrayList<>();
  private final Map<K, Lane<T>> laneOf = new HashMap<>();
  private int next;
  private int items;

  private record Item<T>(T value, int count, long bytes) {}

  private static final class Lane<T> {
    final ArrayDeque<Item<T>> items = new ArrayDeque<>();
    int count;
    long bytes;
  }

  /**
   * Empty queues.
   *
   * @param maxCount bounds the sum of the counts of what waits from one source
   * @param maxBytes bounds the sum of the bytes of what waits from one source
   */
  FairQueue(Iterable<K> sources, int maxCount, long maxBytes) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
    for (var source : sources) {
      var lane = new Lane<T>();
      lanes.add(lane);
      laneOf.put(source, lane);
    }
  }

  /** A queue of validators. */
  static <T> FairQueue<ValidatorId, T> of(List<ValidatorId> peers, int maxCount, long maxBytes) {
    return new FairQueue<>(peers, maxCount, maxBytes);
  }

  /** Whether something of this size would be taken; an empty lane takes anything. */
  boolean hasRoom(K source, int count, long bytes) {
    var lane = laneOf.get(source);
    return lane != null
        && (lane.items.isEmpty()
            || (lane.count + count <= maxCount && lane.bytes + bytes <= maxBytes));
  }

  /** Puts something at the end of a source's queue; false when the source is full or unknown. */
  boolean offer(K source, T value, int count, long bytes) {
    var lane = laneOf.get(source);
    if (lane == null || !hasRoom(source, count, bytes)) {
      return false;
    }
    lane.items.add(new Item<>(value, count, bytes));
    lane.count += count;
    lane.bytes += bytes;
    items++;
    return true;
  }

  /** Takes the oldest of the source whose turn it is; null when all queues are empty. */
  @Nullable T poll() {
    if (items == 0) {
      return null;
    }
    while (true) {
      var lane = lanes.get(next);
      next = (next + 1) % lanes.size();
      var item = lane.items.poll();
      if (item != null) {
        lane.count -= item.count();
        lane.bytes -= item.bytes();
        items--;
        return item.value();
      }
    }
  }

  boolean isEmpty() {
    return items == 0;
  }
}
