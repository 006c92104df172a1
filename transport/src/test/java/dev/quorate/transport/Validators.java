package dev.quorate.transport;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.TlsIdentity;
import dev.quorate.transport.handshake.InstanceId;
import dev.quorate.transport.handshake.LocalPeer;
import dev.quorate.transport.handshake.NetworkIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The four validators of a network, in the order of their keys, each with a port of its own. */
final class Validators {
  static final NetworkIdentity NETWORK =
      new NetworkIdentity("quorate-test", Hash.sha256(Bytes.utf8("genesis")), Ed25519.INSTANCE);

  /** Quick to try again, slow to give up. */
  static final TransportTiming TIMING =
      new TransportTiming(
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          Duration.ofMillis(10),
          Duration.ofMillis(100));

  static final TransportLimits LIMITS = new TransportLimits(1 << 20, 4 << 20, 20_000, 64, 16, 1);

  static final SecureRandom RANDOM = new SecureRandom();

  private static final int LOWEST_PORT = 20_000;
  private static final int HIGHEST_PORT = 32_000;
  private static final Set<Integer> GIVEN_PORTS = ConcurrentHashMap.newKeySet();

  final KeyPair a;
  final KeyPair b;
  final KeyPair c;
  final KeyPair d;
  private final List<PeerAddress> addresses = new ArrayList<>();

  Validators() {
    var keys =
        IntStream.rangeClosed(1, 4)
            .mapToObj(Validators::key)
            .sorted(Comparator.comparing(it -> it.publicKey().bytes()))
            .toList();
    a = keys.get(0);
    b = keys.get(1);
    c = keys.get(2);
    d = keys.get(3);
    for (var key : keys) {
      addresses.add(new PeerAddress(key.publicKey(), "127.0.0.1", freePort()));
    }
  }

  static KeyPair key(int seed) {
    return KeyPair.fromSeed(Hash.sha256(Bytes.utf8("seed " + seed)).bytes());
  }

  /** A validator as it starts: a new instance with a new certificate, that knows all the others. */
  TransportConfig config(KeyPair self) {
    return new TransportConfig(
        local(self),
        NETWORK,
        TlsIdentity.generate(RANDOM),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port(self)),
        addresses.stream().filter(it -> !it.key().equals(self.publicKey())).toList(),
        LIMITS,
        TIMING,
        1);
  }

  static LocalPeer local(KeyPair self) {
    return new LocalPeer(
        self.publicKey(),
        InstanceId.random(RANDOM),
        statement -> Ed25519.INSTANCE.sign(self, statement));
  }

  int port(KeyPair of) {
    return address(of.publicKey()).port();
  }

  private PeerAddress address(PublicKey key) {
    return addresses.stream().filter(it -> it.key().equals(key)).findFirst().orElseThrow();
  }

  /**
   * A port that nobody listens on, and below those that the kernel gives to outgoing connections:
   * one of these that looks for a peer that is not there yet would else get the peer's own port.
   */
  static int freePort() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = RANDOM.nextInt(LOWEST_PORT, HIGHEST_PORT);
      if (!GIVEN_PORTS.add(port)) {
        continue;
      }
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException _) {
        // Somebody has it: another one.
      }
    }
    throw new IllegalStateException("no free port from " + LOWEST_PORT + " to " + HIGHEST_PORT);
  }

  static TransportConfig with(TransportConfig it, NetworkIdentity network) {
    return new TransportConfig(
        it.self(), network, it.tls(), it.listen(), it.peers(), it.limits(), it.timing(), 1);
  }

  static TransportConfig with(TransportConfig it, TransportLimits limits) {
    return new TransportConfig(
        it.self(), it.network(), it.tls(), it.listen(), it.peers(), limits, it.timing(), 1);
  }

  static TransportConfig with(TransportConfig it, TransportTiming timing) {
    return new TransportConfig(
        it.self(), it.network(), it.tls(), it.listen(), it.peers(), it.limits(), timing, 1);
  }

  static TransportConfig with(TransportConfig it, LocalPeer self) {
    return new TransportConfig(
        self, it.network(), it.tls(), it.listen(), it.peers(), it.limits(), it.timing(), 1);
  }

  /** The same at another address, knowing only these peers. */
  static TransportConfig elsewhere(TransportConfig it, List<PeerAddress> peers) {
    var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    return new TransportConfig(
        it.self(), it.network(), it.tls(), listen, peers, it.limits(), it.timing(), 1);
  }

  PeerAddress addressOf(KeyPair key) {
    return address(key.publicKey());
  }
}
