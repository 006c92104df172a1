package dev.quorate.gateway.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The height of the last durable block, as this gateway has heard; it only rises. Before the first
 * block it is one below the initial height.
 */
public final class LedgerHeight {
  private final AtomicLong height;

  public LedgerHeight(long height) {
    this.height = new AtomicLong(height);
  }

  public long value() {
    return height.get();
  }

  public void raiseTo(long other) {
    if (other > height.get()) {
      height.accumulateAndGet(other, Math::max);
    }
  }
}
