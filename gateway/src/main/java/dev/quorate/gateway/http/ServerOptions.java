package dev.quorate.gateway.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The settings of our HTTP servers: HTTP/1.1 only, nothing compressed, everything bounded. */
public final class ServerOptions {
  /** Longest request line, in bytes. */
  public static final int MAX_LINE = 4_096;

  /** Longest header section, in bytes. */
  public static final int MAX_HEADERS = 16_384;

  /** A connection without any traffic is dead after this; longer than any wait for a commit. */
  private static final int SILENCE_SECONDS = 90;

  /** The listeners of a gateway, which must not share a port. */
  public enum Listener {
    API(1),
    OPS(2);

    private final int id;

    Listener(int id) {
      this.id = id;
    }
  }

  private ServerOptions() {}

  /** Where to listen; for port 0, all servers of one name get the same one of the free ports. */
  public static SocketAddress address(InetSocketAddress address, Listener name) {
    var ip = address.getAddress();
    var host = ip == null ? address.getHostString() : ip.getHostAddress();
    return address.getPort() == 0
        ? SocketAddress.sharedRandomPort(name.id, host)
        : SocketAddress.inetSocketAddress(address.getPort(), host);
  }

  /** WebSocket messages from clients have at most so many bytes. */
  public static HttpServerOptions of(int maxMessage) {
    return new HttpServerOptions()
        .setAcceptBacklog(1_024)
        .setIdleTimeout(SILENCE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxInitialLineLength(MAX_LINE)
        .setMaxHeaderSize(MAX_HEADERS)
        .setMaxChunkSize(65_536)
        .setHandle100ContinueAutomatically(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        .setHttp2ClearTextEnabled(false)
        .setUseAlpn(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(maxMessage)
        .setMaxWebSocketMessageSize(maxMessage)
        .setWebSocketClosingTimeout(2);
  }
}
