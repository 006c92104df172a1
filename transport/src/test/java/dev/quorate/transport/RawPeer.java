package dev.quorate.transport;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.TlsIdentity;
import dev.quorate.transport.frame.Frame;
import dev.quorate.transport.frame.FrameEncoder;
import dev.quorate.transport.frame.FrameKind;
import dev.quorate.transport.handshake.Handshake;
import dev.quorate.transport.handshake.LocalPeer;
import dev.quorate.transport.handshake.Role;
import io.netty.buffer.ByteBufUtil;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The far end of a connection, byte by byte: on the JDK's blocking sockets, capable of any sin. */
final class RawPeer implements AutoCloseable {
  private static final char[] NO_PASSWORD = new char[0];
  private static final int PATIENCE_MILLIS = 30_000;

  private final SSLSocket socket;
  private final DataInputStream in;

  private RawPeer(SSLSocket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    socket.startHandshake();
    in = new DataInputStream(socket.getInputStream());
  }

  /** Connects and finishes TLS. */
  static RawPeer dial(int port, TlsIdentity identity) throws IOException {
    return dial(port, Optional.of(identity), "TLSv1.3");
  }

  static RawPeer dial(int port, Optional<TlsIdentity> identity, String version) throws IOException {
    var socket =
        (SSLSocket)
            context(identity)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setEnabledProtocols(new String[] {version});
    return new RawPeer(socket);
  }

  /** A listening socket for {@link #accept}. */
  static SSLServerSocket listen(int port, TlsIdentity identity) throws IOException {
    var server =
        (SSLServerSocket)
            context(Optional.of(identity))
                .getServerSocketFactory()
                .createServerSocket(port, 1, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    server.setSoTimeout(PATIENCE_MILLIS);
    return server;
  }

  /** Takes a connection and finishes TLS. */
  static RawPeer accept(SSLServerSocket server) throws IOException {
    return new RawPeer((SSLSocket) server.accept());
  }

  /** Connects as a validator and is let in. */
  static RawPeer connect(int port, KeyPair self, PublicKey peer) throws IOException {
    var identity = TlsIdentity.generate(Validators.RANDOM);
    var raw = dial(port, identity);
    raw.introduce(Validators.local(self), identity, peer);
    raw.expect(FrameKind.STATEMENT);
    return raw;
  }

  /** The dialer's part of the handshake, up to its statement; the greeting of the other end. */
  Bytes introduce(LocalPeer self, TlsIdentity identity, PublicKey peer) throws IOException {
    var handshake = handshake(self, identity);
    write(FrameKind.HELLO, handshake.hello());
    var hello = expect(FrameKind.HELLO);
    handshake.receiveHello(hello);
    write(FrameKind.STATEMENT, handshake.statementFor(peer));
    return hello;
  }

  Handshake handshake(LocalPeer self, TlsIdentity identity) throws IOException {
    return new Handshake(
        self, Validators.NETWORK, Role.DIALER, identity.fingerprint(), peerFingerprint());
  }

  Hash peerFingerprint() throws IOException {
    return TlsIdentity.fingerprintOf(
        (X509Certificate) socket.getSession().getPeerCertificates()[0]);
  }

  void write(FrameKind kind, Bytes body) throws IOException {
    writeRaw(ByteBufUtil.getBytes(FrameEncoder.encode(kind, body)));
  }

  void writeRaw(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The body of the next frame that is no ping; any other kind is an error. */
  Bytes expect(FrameKind kind) throws IOException {
    while (true) {
      var body = new byte[in.readInt() - 1];
      byte code = in.readByte();
      in.readFully(body);
      if (code == codeOf(kind)) {
        return Bytes.wrap(body);
      }
      if (code != codeOf(FrameKind.PING)) {
        throw new IOException("frame of kind " + code + " instead of " + kind);
      }
    }
  }

  /** Waits for a ping. */
  void expectPing() throws IOException {
    in.skipNBytes(Integer.BYTES);
    if (in.readByte() != codeOf(FrameKind.PING)) {
      throw new IOException("no ping");
    }
  }

  /** Reads until the other end hangs up, however rudely. */
  void awaitClose() {
    try {
      while (in.read() >= 0) {
        // Whatever it had still to say.
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open after " + PATIENCE_MILLIS + " ms", e);
    } catch (IOException closed) {
      // An alert or a reset ends it just as well.
    }
  }

  /** The same for a socket without TLS. */
  static void awaitClose(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    try {
      while (socket.getInputStream().read() >= 0) {
        // Perhaps an alert.
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open after " + PATIENCE_MILLIS + " ms", e);
    } catch (IOException reset) {
      // As good as an end of stream.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static byte codeOf(FrameKind kind) {
    return ByteBufUtil.getBytes(FrameEncoder.encode(kind, Bytes.EMPTY))[Frame.HEADER_SIZE - 1];
  }

  private static SSLContext context(Optional<TlsIdentity> identity) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(
          identity.isPresent() ? keys(identity.get()) : null,
          new TrustManager[] {new TrustsAnyone()},
          null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyManager @Nullable [] keys(TlsIdentity identity)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "it", identity.privateKey(), NO_PASSWORD, new Certificate[] {identity.certificate()});
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static final class TrustsAnyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
