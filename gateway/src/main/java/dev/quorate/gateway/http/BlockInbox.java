package dev.quorate.gateway.http;

import dev.quorate.ledger.StoredBlock;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Final blocks on their way to one event loop. It holds a bounded number; when the loop does not
 * come for them, they are dropped and the loop is told so.
 */
final class BlockInbox {
  static final int CAPACITY = 64;

  private final ArrayDeque<StoredBlock> blocks = new ArrayDeque<>();
  private boolean dropped;
  private boolean called;

  /** What came since the last look; {@code complete} unless blocks were dropped. */
  record Content(List<StoredBlock> blocks, boolean complete) {}

  /** Puts a block in; true if the loop must be called because it is not on its way already. */
  synchronized boolean put(StoredBlock block) {
    if (blocks.size() == CAPACITY) {
      blocks.clear();
      dropped = true;
    }
    blocks.add(block);
    boolean call = !called;
    called = true;
    return call;
  }

  synchronized Content take() {
    var content = new Content(List.copyOf(blocks), !dropped);
    blocks.clear();
    dropped = false;
    called = false;
    return content;
  }
}
