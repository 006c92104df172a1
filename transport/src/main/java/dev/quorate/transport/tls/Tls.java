package dev.quorate.transport.tls;

import dev.quorate.crypto.Hash;
import dev.quorate.crypto.TlsIdentity;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * TLS 1.3 and nothing older, and both ends show a certificate.
 *
 * <p>A peer's name plays no part: none is sent, none is compared, and without one no client looks
 * for a session to resume.
 */
public final class Tls implements AutoCloseable {
  private static final String VERSION = "TLSv1.3";

  /** How long a closing connection tries to say so to an end that may not be reading. */
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private final SslContext acceptor;
  private final SslContext dialer;
  private final Hash certificateHash;
  private final Duration deadline;

  /** Refuses an identity that the library cannot use. */
  public Tls(TlsIdentity identity, TlsLibrary library, Duration deadline) {
    this.deadline = deadline;
    certificateHash = identity.fingerprint();
    var key = identity.privateKey();
    var certificate = identity.certificate();
    try {
      acceptor =
          common(SslContextBuilder.forServer(key, certificate), library)
              .clientAuth(ClientAuth.REQUIRE)
              .build();
      dialer =
          common(SslContextBuilder.forClient().keyManager(key, certificate), library)
              .endpointIdentificationAlgorithm(null)
              .build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("this TLS identity cannot be used", e);
    }
  }

  /** SHA-256 of our own certificate. */
  public Hash certificateHash() {
    return certificateHash;
  }

  /** For a connection that came in. */
  public SslHandler accept(ByteBufAllocator allocator) {
    return limited(acceptor.newHandler(allocator));
  }

  /** For a connection that we open. */
  public SslHandler dial(ByteBufAllocator allocator) {
    return limited(dialer.newHandler(allocator));
  }

  /** SHA-256 of the other end's certificate, once TLS is agreed on. */
  public static Hash peerCertificateHash(SslHandler tls) {
    try {
      var certificates = tls.engine().getSession().getPeerCertificates();
      return TlsIdentity.fingerprintOf((X509Certificate) certificates[0]);
    } catch (SSLPeerUnverifiedException e) {
      throw new IllegalStateException("TLS was agreed on without a certificate", e);
    }
  }

  /** Frees native memory; connections of this object must be closed before. */
  @Override
  public void close() {
    ReferenceCountUtil.release(acceptor);
    ReferenceCountUtil.release(dialer);
  }

  private SslHandler limited(SslHandler handler) {
    handler.setHandshakeTimeoutMillis(deadline.toMillis());
    handler.setCloseNotifyFlushTimeoutMillis(FAREWELL.toMillis());
    return handler;
  }

  private static SslContextBuilder common(SslContextBuilder builder, TlsLibrary library) {
    return builder
        .sslProvider(library.provider())
        .protocols(VERSION)
        .trustManager(new SessionCertificate());
  }
}
