package dev.quorate.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.TlsIdentity;
import dev.quorate.transport.frame.FrameKind;
import dev.quorate.transport.handshake.Handshake;
import dev.quorate.transport.handshake.LocalPeer;
import dev.quorate.transport.handshake.NetworkIdentity;
import dev.quorate.transport.handshake.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stranger can do to b's port: be hung up on and counted, and nothing else. */
final class StrangerTest {
  private final Validators validators = new Validators();
  private final TlsIdentity identity = TlsIdentity.generate(Validators.RANDOM);
  private final Inbox inbox = new Inbox();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var it : open.reversed()) {
      it.close();
    }
  }

  @Test
  void garbageIsHungUpOn() throws IOException {
    var transport = start(validators.config(validators.b));
    var garbage = new byte[4096];
    new SplittableRandom(7).nextBytes(garbage);

    try (var socket = plainSocket()) {
      socket.getOutputStream().write(garbage);
      RawPeer.awaitClose(socket);
    }

    assertRefusedAndWell(transport, Refusal.NOT_TLS);
  }

  @Test
  void anHttpClientIsHungUpOn() throws IOException {
    var transport = start(validators.config(validators.b));

    try (var socket = plainSocket()) {
      var request = "GET / HTTP/1.1\r\nHost: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(request);
      RawPeer.awaitClose(socket);
    }

    assertRefusedAndWell(transport, Refusal.NOT_TLS);
  }

  @Test
  void aFrameWithoutTlsIsHungUpOn() throws IOException {
    var transport = start(validators.config(validators.b));

    try (var socket = plainSocket()) {
      socket.getOutputStream().write(new byte[] {0, 0, 0, 4, 4, 1, 2, 3});
      RawPeer.awaitClose(socket);
    }

    assertRefusedAndWell(transport, Refusal.NOT_TLS);
  }

  @Test
  void tls12IsNotSpoken() {
    var transport = start(validators.config(validators.b));

    assertThatThrownBy(() -> RawPeer.dial(port(), Optional.of(identity), "TLSv1.2"))
        .isInstanceOf(IOException.class);

    assertRefusedAndWell(transport, Refusal.TLS_FAILED);
  }

  @Test
  void aClientWithoutACertificateIsRefused() throws IOException {
    var transport = start(validators.config(validators.b));

    try (var raw = RawPeer.dial(port(), Optional.empty(), "TLSv1.3")) {
      raw.awaitClose();
    }

    assertRefusedAndWell(transport, Refusal.TLS_FAILED);
  }

  @Test
  void whoConnectsAndSaysNothingIsHungUpOn() throws IOException {
    var timing = timing(Duration.ofMillis(50), Duration.ofSeconds(30));
    var transport = start(Validators.with(validators.config(validators.b), timing));

    try (var socket = plainSocket()) {
      RawPeer.awaitClose(socket);
    }

    assertRefused(transport, Refusal.TLS_TIMEOUT);
  }

  @Test
  void whoHangsUpIsCounted() throws IOException {
    var transport = start(validators.config(validators.b));

    plainSocket().close();

    assertRefusedAndWell(transport, Refusal.CLOSED_EARLY);
  }

  @Test
  void aHandshakeThatDoesNotEndIsEnded() throws IOException {
    var timing = timing(Duration.ofSeconds(30), Duration.ofMillis(50));
    var transport = start(Validators.with(validators.config(validators.b), timing));

    try (var raw = RawPeer.dial(port(), identity)) {
      raw.writeRaw((byte) 0, (byte) 0);
      raw.awaitClose();
    }

    assertRefused(transport, Refusal.HANDSHAKE_TIMEOUT);
  }

  @Test
  void aHugeFrameIsRefusedByItsLength() throws IOException {
    var transport = start(validators.config(validators.b));

    try (var raw = RawPeer.dial(port(), identity)) {
      raw.writeRaw((byte) 0x7f, (byte) -1, (byte) -1, (byte) -1);
      raw.awaitClose();
    }

    assertRefusedAndWell(transport, Refusal.FRAME_TOO_LARGE);
  }

  @Test
  void aHandshakeFrameHas16KiBAtMost() throws IOException {
    var transport = start(validators.config(validators.b));

    try (var raw = RawPeer.dial(port(), identity)) {
      raw.write(FrameKind.HELLO, Bytes.wrap(new byte[Handshake.MAX_FRAME_BYTES + 1]));
      raw.awaitClose();
    }

    assertRefusedAndWell(transport, Refusal.FRAME_TOO_LARGE);
  }

  @Test
  void dataIsNotReadBeforeTheHandshake() throws IOException {
    var transport = start(validators.config(validators.b));

    try (var raw = RawPeer.dial(port(), identity)) {
      raw.write(FrameKind.DATA, Bytes.utf8("hello"));
      raw.awaitClose();
    }

    assertRefusedAndWell(transport, Refusal.MALFORMED);
  }

  @Test
  void aKeyThatIsNotInGenesisIsRefused() throws IOException {
    var transport = start(validators.config(validators.b));

    introduceAs(Validators.local(Validators.key(99)));

    assertRefusedAndWell(transport, Refusal.UNKNOWN_KEY);
  }

  @Test
  void aKeyWithoutItsSignatureIsRefused() throws IOException {
    var transport = start(validators.config(validators.b));
    var a = Validators.local(validators.a);
    var other = Validators.key(99);

    introduceAs(new LocalPeer(a.key(), a.instance(), text -> Ed25519.INSTANCE.sign(other, text)));

    assertRefusedAndWell(transport, Refusal.BAD_SIGNATURE);
  }

  @Test
  void ourOwnKeyIsRefused() throws IOException {
    var transport = start(validators.config(validators.b));

    introduceAs(Validators.local(validators.b));

    assertRefusedAndWell(transport, Refusal.OWN_KEY);
  }

  @Test
  void anotherProtocolVersionIsRefused() throws IOException {
    var transport = start(validators.config(validators.b));

    try (var raw = RawPeer.dial(port(), identity)) {
      raw.write(FrameKind.HELLO, Bytes.fromHex("0002ff"));
      raw.awaitClose();
    }

    assertRefusedAndWell(transport, Refusal.WRONG_VERSION);
  }

  @Test
  void anotherChainIsRefusedByBothEnds() {
    var network = Validators.NETWORK;
    var other = new NetworkIdentity("another", network.genesisHash(), network.scheme());

    assertBothRefuse(other, Refusal.WRONG_CHAIN);
  }

  @Test
  void anotherGenesisFileIsRefusedByBothEnds() {
    var network = Validators.NETWORK;
    var genesis = Hash.sha256(Bytes.utf8("another genesis"));

    assertBothRefuse(
        new NetworkIdentity(network.chainId(), genesis, network.scheme()), Refusal.WRONG_GENESIS);
  }

  @Test
  void aPeerThatAnswersInAnothersPlaceIsRefused() {
    var wrongBook =
        new PeerAddress(
            validators.c.publicKey(), "127.0.0.1", validators.addressOf(validators.b).port());
    start(validators.config(validators.b));
    var dialer = new Inbox();
    var config = Validators.elsewhere(validators.config(validators.a), List.of(wrongBook));

    open.add(Transport.start(config, dialer));

    // b cannot verify what was signed for c, and hangs up without a word.
    inbox.awaitRefused(Refusal.BAD_SIGNATURE);
    dialer.awaitRefused(Refusal.CLOSED_EARLY);
  }

  @Test
  void aRelayInTheMiddleIsRefused() throws IOException {
    var transport = start(validators.config(validators.b));

    try (var toB = RawPeer.dial(port(), identity)) {
      var ofA = whatASaysToARelayThatGreetsAs(toB.expect(FrameKind.HELLO));
      // Keys and instances are what b expects: only the certificates betray the relay.
      toB.write(FrameKind.HELLO, ofA.hello());
      toB.write(FrameKind.STATEMENT, ofA.statement());
      toB.awaitClose();
    }

    assertRefusedAndWell(transport, Refusal.BAD_SIGNATURE);
  }

  @Test
  void onlySoManyMayBePendingFromOneAddress() throws IOException {
    var limits = new TransportLimits(1 << 20, 1 << 20, 1_000, 64, 2, 1);
    var transport = start(Validators.with(validators.config(validators.b), limits));

    try (var _ = RawPeer.dial(port(), identity);
        var _ = RawPeer.dial(port(), identity);
        var third = plainSocket()) {
      RawPeer.awaitClose(third);
      assertThat(transport.counters().pending()).isEqualTo(2);
    }

    assertRefusedAndWell(transport, Refusal.TOO_MANY_PENDING);
  }

  private record Introduction(Bytes hello, Bytes statement) {}

  /** a dials what it takes for b. */
  private Introduction whatASaysToARelayThatGreetsAs(Bytes helloOfB) throws IOException {
    int port = Validators.freePort();
    try (var server = RawPeer.listen(port, identity)) {
      var trap = new PeerAddress(validators.b.publicKey(), "127.0.0.1", port);
      var config = Validators.elsewhere(validators.config(validators.a), List.of(trap));
      try (var _ = Transport.start(config, new Inbox());
          var toA = RawPeer.accept(server)) {
        toA.write(FrameKind.HELLO, helloOfB);
        return new Introduction(toA.expect(FrameKind.HELLO), toA.expect(FrameKind.STATEMENT));
      }
    }
  }

  private void introduceAs(LocalPeer self) throws IOException {
    try (var raw = RawPeer.dial(port(), identity)) {
      raw.introduce(self, identity, validators.b.publicKey());
      raw.awaitClose();
    }
  }

  private void assertBothRefuse(NetworkIdentity other, Refusal reason) {
    var transport = start(validators.config(validators.b));
    var dialer = new Inbox();

    open.add(Transport.start(Validators.with(validators.config(validators.a), other), dialer));

    inbox.awaitRefused(reason);
    dialer.awaitRefused(reason);
    assertThat(transport.connected()).isEmpty();
  }

  private void assertRefused(Transport transport, Refusal reason) {
    assertThat(inbox.refused()).isEqualTo(reason);
    assertThat(transport.counters().refusals()).containsEntry(reason, 1L);
    assertThat(inbox.hasFrames()).isFalse();
  }

  /** And a real peer still comes in. */
  private void assertRefusedAndWell(Transport transport, Refusal reason) {
    assertRefused(transport, reason);
    assertThat(transport.connected()).isEmpty();
    open.add(Transport.start(validators.config(validators.a), new Inbox()));
    assertThat(inbox.connected()).isEqualTo(validators.a.publicKey());
  }

  private Transport start(TransportConfig config) {
    var transport = Transport.start(config, inbox);
    open.add(transport);
    return transport;
  }

  private Socket plainSocket() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port());
  }

  private int port() {
    return validators.addressOf(validators.b).port();
  }

  private static TransportTiming timing(Duration tls, Duration handshake) {
    var it = Validators.TIMING;
    return new TransportTiming(
        tls, handshake, it.heartbeat(), it.idleDeadline(), it.firstRetry(), it.lastRetry());
  }
}
