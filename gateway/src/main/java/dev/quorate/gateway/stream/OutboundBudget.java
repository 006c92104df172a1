package dev.quorate.gateway.stream;

/**
 * What all clients' outbounds together may hold, in bytes: the more there are, the less each may
 * hold, and when all of it is held, nobody gets more. Belongs to the streams' thread.
 */
final class OutboundBudget {
  /** What each outbound may hold, however many there are. */
  static final long LEAST_SHARE = 16_384;

  private final long limit;
  private long held;
  private int outbounds;

  OutboundBudget(long limit) {
    this.limit = limit;
  }

  void outbounds(int number) {
    outbounds = number;
  }

  /** What one outbound may hold, and never more than {@code most}. */
  long share(long most) {
    long fair = limit / Math.max(1, outbounds);
    return Math.min(most, Math.max(LEAST_SHARE, fair));
  }

  boolean isSpent() {
    return held >= limit;
  }

  void take(long bytes) {
    held += bytes;
  }

  void giveBack(long bytes) {
    held -= bytes;
  }
}
