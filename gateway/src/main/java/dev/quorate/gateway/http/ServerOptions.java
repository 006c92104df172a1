package dev.quorate.gateway.http;

import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/** The settings of our HTTP servers: HTTP/1.1 only, nothing compressed, everything bounded. */
public final class ServerOptions {
  /** Longest request line, in bytes. */
  public static final int MAX_LINE = 4_096;

  /** Longest header section, in bytes. */
  public static final int MAX_HEADERS = 16_384;

  /** A connection without any traffic is dead after this; longer than any wait for a commit. */
  private static final int SILENCE_SECONDS = 90;

  private ServerOptions() {}

  /** For an address; WebSocket messages from clients have at most so many bytes. */
  public static HttpServerOptions of(String host, int port, int maxMessage) {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
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
