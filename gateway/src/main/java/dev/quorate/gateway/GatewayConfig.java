package dev.quorate.gateway;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where and within which bounds the gateway serves.
 *
 * @param api where clients connect; port 0 takes any free one
 * @param ops where operators and Prometheus connect, if anywhere
 * @param eventLoops threads that serve clients, at least 1
 * @param allowedOrigins web origins ({@code https://host:port}) besides the node's own that may
 *     open a WebSocket
 * @param bounds what one client and all of them together may take
 */
public record GatewayConfig(
    InetSocketAddress api,
    Optional<InetSocketAddress> ops,
    int eventLoops,
    Set<String> allowedOrigins,
    Bounds bounds) {

  public GatewayConfig {
    if (eventLoops < 1) {
      throw new IllegalArgumentException("at least one event loop, not " + eventLoops);
    }
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  /** The defaults: no further origins, and one event loop up to four cores, then one for four. */
  public static GatewayConfig of(InetSocketAddress api, InetSocketAddress ops) {
    int cores = Runtime.getRuntime().availableProcessors();
    int loops = Math.clamp(cores / 4, 1, 4);
    return new GatewayConfig(api, Optional.of(ops), loops, Set.of(), Bounds.DEFAULT);
  }

  public GatewayConfig withBounds(Bounds other) {
    return new GatewayConfig(api, ops, eventLoops, allowedOrigins, other);
  }

  public GatewayConfig withAllowedOrigins(Set<String> origins) {
    return new GatewayConfig(api, ops, eventLoops, origins, bounds);
  }

  public GatewayConfig withEventLoops(int loops) {
    return new GatewayConfig(api, ops, loops, allowedOrigins, bounds);
  }

  /**
   * The limits of the API listener.
   *
   * @param connections open at one time
   * @param connectionsPerAddress the same, from one client address
   * @param bodyBytes held at one time for requests that are not complete yet
   * @param requestTime how long a body may take to arrive
   * @param idleTime how long a connection may rest between requests
   * @param stream the limits of event streams
   */
  public record Bounds(
      int connections,
      int connectionsPerAddress,
      long bodyBytes,
      Duration requestTime,
      Duration idleTime,
      StreamBounds stream) {
    public static final Bounds DEFAULT =
        new Bounds(
            8_192,
            2_048,
            64L << 20,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            StreamBounds.DEFAULT);

    public Bounds withConnections(int all, int perAddress) {
      return new Bounds(all, perAddress, bodyBytes, requestTime, idleTime, stream);
    }

    public Bounds withBodyBytes(long bytes) {
      return new Bounds(connections, connectionsPerAddress, bytes, requestTime, idleTime, stream);
    }

    public Bounds withTimes(Duration request, Duration idle) {
      return new Bounds(connections, connectionsPerAddress, bodyBytes, request, idle, stream);
    }

    public Bounds withStream(StreamBounds other) {
      return new Bounds(
          connections, connectionsPerAddress, bodyBytes, requestTime, idleTime, other);
    }
  }

  /**
   * The limits of event streams.
   *
   * @param outboundBytes waiting for one client
   * @param outboundFrames the same, counted in frames
   * @param allOutboundBytes waiting for all clients together
   * @param slowAfter how long a client may leave its outbound full before it is cut off
   * @param heartbeat between two signs of life
   * @param subscriptions on one WebSocket
   */
  public record StreamBounds(
      int outboundBytes,
      int outboundFrames,
      long allOutboundBytes,
      Duration slowAfter,
      Duration heartbeat,
      int subscriptions) {
    public static final StreamBounds DEFAULT =
        new StreamBounds(
            1 << 20, 1_024, 64L << 20, Duration.ofSeconds(10), Duration.ofSeconds(10), 16);
  }
}
