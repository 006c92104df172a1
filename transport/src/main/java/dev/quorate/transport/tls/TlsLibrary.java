package dev.quorate.transport.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/** Whose code speaks TLS. */
public enum TlsLibrary {
  /** Google's, through netty-tcnative: where its native library loads. */
  BORING_SSL(SslProvider.OPENSSL_REFCNT),
  /** The JDK's own: everywhere. */
  JDK(SslProvider.JDK);

  private final SslProvider provider;

  TlsLibrary(SslProvider provider) {
    this.provider = provider;
  }

  /** The fastest that works in this process. */
  public static TlsLibrary fastest() {
    return BORING_SSL.isAvailable() ? BORING_SSL : JDK;
  }

  /** Whether it can be used in this process. */
  public boolean isAvailable() {
    return this == JDK || (OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(provider));
  }

  SslProvider provider() {
    return provider;
  }
}
