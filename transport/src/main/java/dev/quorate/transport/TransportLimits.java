package dev.quorate.transport;

/**
 * How much anybody can make the transport hold.
 *
 * @param maxFrameBytes largest body of a frame, either way
 * @param maxQueuedBytes bodies waiting for one peer in one {@link Priority}; at least a frame
 * @param maxQueuedFrames frames waiting for one peer in one {@link Priority}
 * @param maxPending connections that have not shown who they are
 * @param maxPendingPerAddress the same from one IP address; peers that share one need room here
 * @param loops threads that serve all connections
 */
public record TransportLimits(
    int maxFrameBytes,
    int maxQueuedBytes,
    int maxQueuedFrames,
    int maxPending,
    int maxPendingPerAddress,
    int loops) {
  /** Blocks up to 4 MiB with 64 KiB around them; 16 MiB and 16,384 frames may wait. */
  public static final TransportLimits DEFAULT =
      new TransportLimits((4 << 20) + (64 << 10), 16 << 20, 16_384, 64, 16, 1);

  public TransportLimits {
    positive("maxFrameBytes", maxFrameBytes);
    positive("maxQueuedFrames", maxQueuedFrames);
    positive("maxPending", maxPending);
    positive("maxPendingPerAddress", maxPendingPerAddress);
    positive("loops", loops);
    if (maxQueuedBytes < maxFrameBytes) {
      throw new IllegalArgumentException(
          "maxQueuedBytes " + maxQueuedBytes + " has no room for a frame of " + maxFrameBytes);
    }
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " " + value + " is below 1");
    }
  }
}
