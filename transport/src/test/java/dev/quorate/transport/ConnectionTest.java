package dev.quorate.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.PublicKey;
import dev.quorate.transport.frame.FrameKind;
import dev.quorate.transport.handshake.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How connections of real peers end, are replaced, fill up and are held back. */
final class ConnectionTest {
  private final Validators validators = new Validators();
  private final PublicKey a = validators.a.publicKey();
  private final PublicKey b = validators.b.publicKey();
  private final Inbox inbox = new Inbox();
  private final Inbox other = new Inbox();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var it : open.reversed()) {
      it.close();
    }
  }

  @Test
  void callsAgainAPeerThatRestartsOnItsPort() {
    var transport = start(validators.config(validators.a), inbox);
    var first = start(validators.config(validators.b), other);
    inbox.connected();
    other.connected();
    first.close();
    inbox.disconnected();

    start(validators.config(validators.b), other);

    assertThat(inbox.connected()).isEqualTo(b);
    transport.send(b, Bytes.utf8("welcome back"));
    assertThat(other.frame().frame()).isEqualTo(Bytes.utf8("welcome back"));
    assertThat(transport.counters().peer(b).connects()).isEqualTo(2);
  }

  @Test
  void isCalledAgainByNobodyButCallsAgainAfterItsOwnRestart() {
    var transport = start(validators.config(validators.b), inbox);
    var first = start(validators.config(validators.a), other);
    inbox.connected();
    other.connected();
    first.close();
    inbox.disconnected();

    start(validators.config(validators.a), other);

    assertThat(inbox.connected()).isEqualTo(a);
    transport.send(a, Bytes.utf8("welcome back"));
    assertThat(other.frame().frame()).isEqualTo(Bytes.utf8("welcome back"));
  }

  @Test
  void aPeerThatClosesWhileItIsDialedLeavesNobodyHanging() {
    start(validators.config(validators.a), inbox);
    for (int i = 0; i < 20; i++) {
      start(validators.config(validators.b), other).close();
    }
    var last = new Inbox();

    start(validators.config(validators.b), last);

    assertThat(last.connected()).isEqualTo(a);
  }

  @Test
  void aKnockCutsTheCallersPauseShort() {
    var it = Validators.TIMING;
    var patient =
        new TransportTiming(
            it.tlsDeadline(),
            it.handshakeDeadline(),
            it.heartbeat(),
            it.idleDeadline(),
            Duration.ofHours(1),
            Duration.ofHours(1));
    start(Validators.with(validators.config(validators.a), patient), inbox);
    var first = start(validators.config(validators.b), other);
    inbox.connected();
    other.connected();
    first.close();
    inbox.disconnected();

    start(validators.config(validators.b), other);

    assertThat(inbox.connected()).isEqualTo(b);
  }

  @Test
  void aSecondLiveInstanceOfACallerIsRefused() {
    var transport = start(validators.config(validators.b), inbox);
    start(validators.config(validators.a), other);
    inbox.connected();
    var second = Validators.elsewhere(validators.config(validators.a), List.of(bAddress()));
    var secondInbox = new Inbox();

    start(second, secondInbox);

    inbox.awaitRefused(Refusal.DUPLICATE_INSTANCE);
    secondInbox.awaitRefused(Refusal.CLOSED_EARLY);
    assertThat(inbox.hasDisconnections()).isFalse();
    assertThat(transport.counters().peer(a).connects()).isEqualTo(1);
  }

  @Test
  void aSecondLiveInstanceOfACalledPeerIsRefused() {
    start(validators.config(validators.a), inbox);
    start(validators.config(validators.b), other);
    inbox.connected();
    var aAddress = validators.addressOf(validators.a);

    start(Validators.elsewhere(validators.config(validators.b), List.of(aAddress)), new Inbox());

    inbox.awaitRefused(Refusal.DUPLICATE_INSTANCE);
    assertThat(inbox.hasDisconnections()).isFalse();
  }

  @Test
  void aSilentConnectionGivesWayToANewInstance() throws IOException {
    var config = Validators.with(validators.config(validators.b), heartbeat(Duration.ofMillis(50)));
    start(config, inbox);
    open.add(RawPeer.connect(bAddress().port(), validators.a, b));
    inbox.connected();

    start(validators.config(validators.a), other);

    assertThat(inbox.disconnected()).isEqualTo(a);
    assertThat(inbox.connected()).isEqualTo(a);
    other.connected();
  }

  @Test
  void aSilentConnectionIsClosedAtTheIdleDeadline() throws IOException {
    start(Validators.with(validators.config(validators.b), impatient()), inbox);

    try (var raw = RawPeer.connect(bAddress().port(), validators.a, b)) {
      raw.expectPing();
      raw.awaitClose();
    }

    assertThat(inbox.refused()).isEqualTo(Refusal.SILENT);
    assertThat(inbox.disconnected()).isEqualTo(a);
  }

  @Test
  void pingsKeepAnIdleConnectionAlive() throws IOException {
    start(Validators.with(validators.config(validators.b), impatient()), inbox);

    try (var raw = RawPeer.connect(bAddress().port(), validators.a, b)) {
      // Forty heartbeats are more than two idle deadlines.
      for (int i = 0; i < 40; i++) {
        raw.expectPing();
        raw.write(FrameKind.PING, Bytes.EMPTY);
      }
    }

    assertThat(inbox.disconnected()).isEqualTo(a);
    assertThat(inbox.hasRefusals()).isFalse();
  }

  @Test
  void aFrameThatTricklesInIsCutOff() throws IOException {
    start(Validators.with(validators.config(validators.b), impatient()), inbox);

    try (var raw = RawPeer.connect(bAddress().port(), validators.a, b)) {
      raw.writeRaw((byte) 0, (byte) 1, (byte) 0, (byte) 0, (byte) 3);
      while (!inbox.hasRefusals()) {
        raw.expectPing();
        raw.writeRaw((byte) 0);
      }
    } catch (IOException hungUp) {
      // It was told while we were still at it.
    }

    assertThat(inbox.refused()).isEqualTo(Refusal.FRAME_TOO_SLOW);
    assertThat(inbox.disconnected()).isEqualTo(a);
  }

  @Test
  void anOversizedFrameEndsTheConnection() throws IOException {
    start(validators.config(validators.b), inbox);

    try (var raw = RawPeer.connect(bAddress().port(), validators.a, b)) {
      raw.write(FrameKind.DATA, Bytes.wrap(new byte[Validators.LIMITS.maxFrameBytes()]));
      raw.write(FrameKind.DATA, Bytes.wrap(new byte[Validators.LIMITS.maxFrameBytes() + 1]));
      raw.awaitClose();
    } catch (IOException writeFailed) {
      // It may be hung up on before it has written all of it.
    }

    assertThat(inbox.frame().frame().length()).isEqualTo(Validators.LIMITS.maxFrameBytes());
    assertThat(inbox.refused()).isEqualTo(Refusal.FRAME_TOO_LARGE);
    assertThat(inbox.disconnected()).isEqualTo(a);
    assertThat(inbox.hasFrames()).isFalse();
  }

  @Test
  void aSecondHandshakeIsOutOfPlace() throws IOException {
    start(validators.config(validators.b), inbox);

    try (var raw = RawPeer.connect(bAddress().port(), validators.a, b)) {
      raw.write(FrameKind.HELLO, Bytes.EMPTY);
      raw.awaitClose();
    }

    assertThat(inbox.refused()).isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void aPeerThatDoesNotReadFillsItsOwnQueueOnly() throws IOException {
    var transport = start(validators.config(validators.b), inbox);
    var reader = start(validators.config(validators.c), other);
    inbox.connected();
    open.add(RawPeer.connect(bAddress().port(), validators.a, b));
    inbox.connected();
    var frame = Bytes.wrap(new byte[100_000]);

    while (transport.send(a, frame)) {
      Thread.onSpinWait();
    }

    var stuck = transport.counters().peer(a);
    assertThat(stuck.droppedFull()).isEqualTo(1);
    assertThat(stuck.queuedBytes()).isBetween(1L, (long) Validators.LIMITS.maxQueuedBytes());
    assertThat(transport.send(validators.c.publicKey(), frame)).isTrue();
    assertThat(other.frame().frame()).isEqualTo(frame);
    reader.send(b, frame);
    assertThat(inbox.frame().frame()).isEqualTo(frame);
  }

  @Test
  void frameCountBoundsTheQueueToo() throws IOException {
    var limits = new TransportLimits(1 << 20, 1 << 30, 10, 64, 16, 1);
    var transport = start(Validators.with(validators.config(validators.b), limits), inbox);
    open.add(RawPeer.connect(bAddress().port(), validators.a, b));
    inbox.connected();

    // While the socket still takes some, a frame may leave the queue after another was refused.
    long queued = 0;
    for (int attempt = 0; queued < 10 && attempt < 10_000; attempt++) {
      fill(transport, Bytes.wrap(new byte[100_000]));
      queued = transport.counters().peer(a).queuedFrames();
    }

    assertThat(queued).isEqualTo(10);
  }

  @Test
  void urgentFramesOvertakeWaitingBulk() throws IOException {
    var transport = start(validators.config(validators.b), inbox);
    var raw = RawPeer.connect(bAddress().port(), validators.a, b);
    open.add(raw);
    inbox.connected();
    int bulk = fill(transport, Bytes.wrap(new byte[100_000]));

    assertThat(transport.send(a, Bytes.utf8("vote"), Priority.CONSENSUS)).isTrue();

    int ahead = 0;
    while (raw.expect(FrameKind.DATA).length() > 4) {
      ahead++;
    }
    assertThat(ahead).isLessThan(bulk);
    for (int i = ahead; i < bulk; i++) {
      assertThat(raw.expect(FrameKind.DATA).length()).isEqualTo(100_000);
    }
  }

  @Test
  void framesLostWithAConnectionAreCounted() throws IOException {
    var transport = start(validators.config(validators.b), inbox);
    var raw = RawPeer.connect(bAddress().port(), validators.a, b);
    inbox.connected();
    int sent = fill(transport, Bytes.wrap(new byte[100_000]));

    raw.close();

    inbox.disconnected();
    var counters = transport.counters().peer(a);
    assertThat(counters.framesOut() + counters.droppedUnconnected()).isEqualTo(sent);
    assertThat(counters.droppedUnconnected()).isPositive();
    assertThat(transport.counters().peer(a).queuedFrames()).isZero();
  }

  @Test
  void aPausedPeerWaitsWhileOthersAreHeard() {
    var pausing = new PausingInbox(a);
    var transport = start(validators.config(validators.b), pausing);
    pausing.transport.complete(transport);
    var first = start(validators.config(validators.a), inbox);
    var second = start(validators.config(validators.c), other);
    inbox.awaitConnected(b);
    other.awaitConnected(b);

    for (int i = 0; i < 10_000; i++) {
      first.send(b, Bytes.wrap(new byte[] {(byte) (i >> 8), (byte) i}));
    }
    assertThat(pausing.frame().from()).isEqualTo(a);
    second.send(b, Bytes.utf8("c is heard"));

    assertThat(pausing.frame().frame()).isEqualTo(Bytes.utf8("c is heard"));
    assertThat(pausing.hasFrames()).isFalse();

    pausing.peer = b;
    transport.resume(a);
    for (int i = 1; i < 10_000; i++) {
      assertThat(pausing.frame().frame())
          .isEqualTo(Bytes.wrap(new byte[] {(byte) (i >> 8), (byte) i}));
    }
  }

  @Test
  void closingTellsOfEveryPeerThatWasConnected() {
    start(validators.config(validators.a), inbox);
    var transport = start(validators.config(validators.b), other);
    other.connected();

    transport.close();

    assertThat(other.hasDisconnections()).isTrue();
    assertThat(transport.connected()).isEmpty();
    assertThat(transport.send(a, Bytes.EMPTY)).isFalse();
  }

  @Test
  void closingDoesNotWaitForAListenerThatBlocks() {
    var never = new CompletableFuture<Void>();
    var blocking =
        new Inbox() {
          @Override
          public void onFrame(PublicKey peer, Bytes frame) {
            super.onFrame(peer, frame);
            never.join();
          }
        };
    var transport = start(validators.config(validators.a), inbox);
    var blocked = start(validators.config(validators.b), blocking);
    inbox.connected();
    transport.send(b, Bytes.EMPTY);
    blocking.frame();

    blocked.close();

    assertThat(never).isNotDone();
    never.complete(null);
  }

  /** Pauses one peer at every frame of its. */
  private static final class PausingInbox extends Inbox {
    private final CompletableFuture<Transport> transport = new CompletableFuture<>();
    private volatile PublicKey peer;

    PausingInbox(PublicKey peer) {
      this.peer = peer;
    }

    @Override
    public void onFrame(PublicKey from, Bytes frame) {
      super.onFrame(from, frame);
      if (from.equals(peer)) {
        transport.join().pause(from);
      }
    }
  }

  /** Queues bulk until no more is taken; the answer is how many frames were. */
  private int fill(Transport transport, Bytes frame) {
    int taken = 0;
    while (transport.send(a, frame, Priority.BULK)) {
      taken++;
    }
    return taken;
  }

  private Transport start(TransportConfig config, PeerListener listener) {
    var transport = Transport.start(config, listener);
    open.add(transport);
    return transport;
  }

  private PeerAddress bAddress() {
    return validators.addressOf(validators.b);
  }

  private static TransportTiming impatient() {
    var it = Validators.TIMING;
    return new TransportTiming(
        it.tlsDeadline(),
        it.handshakeDeadline(),
        Duration.ofMillis(30),
        Duration.ofMillis(500),
        it.firstRetry(),
        it.lastRetry());
  }

  private static TransportTiming heartbeat(Duration heartbeat) {
    var it = Validators.TIMING;
    return new TransportTiming(
        it.tlsDeadline(),
        it.handshakeDeadline(),
        heartbeat,
        it.idleDeadline(),
        it.firstRetry(),
        it.lastRetry());
  }
}
