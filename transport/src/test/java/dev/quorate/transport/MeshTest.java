package dev.quorate.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.PublicKey;
import dev.quorate.transport.tls.TlsLibrary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MeshTest {
  private final Validators validators = new Validators();
  private final KeyPair a = validators.a;
  private final KeyPair b = validators.b;
  private final KeyPair c = validators.c;
  private final KeyPair d = validators.d;
  private final List<Transport> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(Transport::close);
  }

  @Test
  void fourPeersFormAFullMesh() {
    var inboxes = new LinkedHashMap<KeyPair, Inbox>();
    var transports = new LinkedHashMap<KeyPair, Transport>();
    for (var key : List.of(a, b, c, d)) {
      inboxes.put(key, new Inbox());
      transports.put(key, start(validators.config(key), at(inboxes, key)));
    }

    for (var inbox : inboxes.values()) {
      for (int i = 0; i < 3; i++) {
        inbox.connected();
      }
    }
    transports.forEach((key, transport) -> transport.broadcast(key.publicKey().bytes()));

    for (var key : inboxes.keySet()) {
      var from = new HashSet<PublicKey>();
      for (int i = 0; i < 3; i++) {
        var received = at(inboxes, key).frame();
        assertThat(received.frame()).isEqualTo(received.from().bytes());
        from.add(received.from());
      }
      assertThat(from).hasSize(3).doesNotContain(key.publicKey());
      assertThat(at(transports, key).connected()).isEqualTo(from);
    }
  }

  @Test
  void aBroadcastIsEncodedOnceForAllPeers() {
    var inboxes = List.of(new Inbox(), new Inbox(), new Inbox());
    var inbox = new Inbox();
    var transport = start(validators.config(a), inbox);
    start(validators.config(b), inboxes.get(0));
    start(validators.config(c), inboxes.get(1));
    start(validators.config(d), inboxes.get(2));
    for (int i = 0; i < 3; i++) {
      inbox.connected();
    }
    var frame = Bytes.wrap(new byte[100_000]);

    transport.broadcast(frame);

    for (var other : inboxes) {
      assertThat(other.frame()).isEqualTo(new Inbox.Received(a.publicKey(), frame));
    }
    var counters = transport.counters();
    assertThat(counters.encodedFrames()).isEqualTo(1);
    assertThat(counters.connectedPeers()).isEqualTo(3);
    assertThat(counters.peers())
        .allSatisfy(it -> assertThat(it.framesOut()).isEqualTo(1))
        .allSatisfy(it -> assertThat(it.bytesOut()).isEqualTo(100_000));
  }

  @ParameterizedTest(name = "{0} dials {1}")
  @CsvSource({"JDK,JDK", "JDK,BORING_SSL", "BORING_SSL,JDK", "BORING_SSL,BORING_SSL"})
  void speaksTlsByEitherLibrary(TlsLibrary dialer, TlsLibrary acceptor) {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        dialer.isAvailable() && acceptor.isAvailable(), "BoringSSL does not load here");
    var inbox = new Inbox();
    var other = new Inbox();
    open.add(Transport.start(validators.config(b), other, acceptor));
    open.add(Transport.start(validators.config(a), inbox, dialer));

    inbox.connected();
    assertThat(other.connected()).isEqualTo(a.publicKey());
    open.get(1).send(b.publicKey(), Bytes.utf8("there"));
    open.get(0).send(a.publicKey(), Bytes.utf8("and back"));

    assertThat(other.frame().frame()).isEqualTo(Bytes.utf8("there"));
    assertThat(inbox.frame().frame()).isEqualTo(Bytes.utf8("and back"));
  }

  @ParameterizedTest(name = "{0} loops")
  @ValueSource(ints = {1, 2})
  void keepsTheOrderOfFramesOfAnySize(int loops) {
    var limits = new TransportLimits(1 << 20, 4 << 20, 20_000, 64, 16, loops);
    var inbox = new Inbox();
    var other = new Inbox();
    var transport = start(Validators.with(validators.config(a), limits), inbox);
    start(Validators.with(validators.config(b), limits), other);
    inbox.connected();
    var sizes = new int[] {0, 1, 200, 1024, 1025, 16_384, 40_000};

    for (int i = 0; i < 2_000; i++) {
      while (!transport.send(b.publicKey(), numbered(i, sizes[i % sizes.length]))) {
        Thread.onSpinWait();
      }
    }

    for (int i = 0; i < 2_000; i++) {
      assertThat(other.frame().frame()).isEqualTo(numbered(i, sizes[i % sizes.length]));
    }
  }

  @Test
  void sendsNothingToAPeerThatIsNotThere() {
    var transport = start(validators.config(a), new Inbox());

    assertThat(transport.send(b.publicKey(), Bytes.utf8("lost"))).isFalse();
    assertThat(transport.connected()).isEmpty();
    assertThat(transport.counters().peer(b.publicKey()).droppedUnconnected()).isEqualTo(1);
  }

  @Test
  void refusesToSendWhatItsOwnCodeMustNotSend() {
    var transport = start(validators.config(a), new Inbox());
    var tooLong = Bytes.wrap(new byte[Validators.LIMITS.maxFrameBytes() + 1]);

    assertThatThrownBy(() -> transport.broadcast(tooLong))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> transport.send(a.publicKey(), Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysSoWhenItsPortIsTaken() {
    start(validators.config(a), new Inbox());

    assertThatThrownBy(() -> start(validators.config(a), new Inbox()))
        .isInstanceOf(java.io.UncheckedIOException.class)
        .hasMessageContaining("cannot listen on");
  }

  @Test
  void aListenerThatThrowsCostsTheConnectionAndNotTheTransport() {
    var inbox = new Inbox();
    var other =
        new Inbox() {
          @Override
          public void onFrame(PublicKey peer, Bytes frame) {
            super.onFrame(peer, frame);
            if (frame.isEmpty()) {
              throw new IllegalStateException("on purpose");
            }
          }
        };
    var transport = start(validators.config(a), inbox);
    start(validators.config(b), other);
    inbox.connected();

    transport.send(b.publicKey(), Bytes.EMPTY);

    assertThat(other.disconnected()).isEqualTo(a.publicKey());
    inbox.disconnected();
    inbox.connected();
    transport.send(b.publicKey(), Bytes.utf8("again"));
    other.frame();
    assertThat(other.frame().frame()).isEqualTo(Bytes.utf8("again"));
  }

  @Test
  void aListenerThatThrowsAtAConnectionCostsOnlyThatConnection() {
    var inbox = new Inbox();
    var clumsy =
        new Inbox() {
          private boolean thrown;

          @Override
          public void onConnected(PublicKey peer) {
            super.onConnected(peer);
            if (!thrown) {
              thrown = true;
              throw new IllegalStateException("on purpose");
            }
          }
        };
    start(validators.config(a), inbox);
    var transport = start(validators.config(b), clumsy);

    clumsy.connected();
    clumsy.disconnected();
    clumsy.connected();
    inbox.connected();

    transport.send(a.publicKey(), Bytes.utf8("well again"));
    assertThat(inbox.frame().frame()).isEqualTo(Bytes.utf8("well again"));
  }

  private Transport start(TransportConfig config, PeerListener listener) {
    var transport = Transport.start(config, listener);
    open.add(transport);
    return transport;
  }

  private static Bytes numbered(int number, int size) {
    var bytes = new byte[size + 4];
    java.nio.ByteBuffer.wrap(bytes).putInt(number);
    return Bytes.wrap(bytes);
  }

  private static <K, V> V at(Map<K, V> map, K key) {
    return java.util.Objects.requireNonNull(map.get(key));
  }
}
