package dev.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.PublicKey;
import dev.quorate.node.e2e.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PeerFramesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T20:00:00Z"));
  private static final PublicKey A = key(1);
  private static final PublicKey B = key(2);

  private final CountDownLatch open = new CountDownLatch(1);
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<String> tap = new CopyOnWriteArrayList<>();
  private final PeerFrames frames = new PeerFrames("a", new LatchedDoor(), List.of(A, B), CLOCK);

  @AfterEach
  void close() {
    open.countDown();
    frames.close();
  }

  @Test
  void theFramesOfOnePeerStayInOrder() {
    open.countDown();
    var sent = new ArrayList<String>();
    for (int i = 0; i < 500; i++) {
      sent.add("frame " + i);
      frames.onFrame(A, Bytes.utf8("frame " + i));
    }

    Eventually.holds("all are taken", PATIENCE, () -> taken.size() == sent.size());
    assertThat(taken).isEqualTo(sent);
  }

  @Test
  void aPeerThatSendsTooManyFramesIsNotReadFromUntilHalfOfThemAreDone() {
    frames.attach(new RecordingTap());
    // One more than fit: the first is with the door already, which lets nothing through.
    IntStream.rangeClosed(0, PeerFrames.MAX_FRAMES)
        .forEach(i -> frames.onFrame(A, Bytes.utf8("frame " + i)));

    assertThat(tap).containsExactly("pause " + A);
    assertThat(frames.waitingFrames()).isBetween(PeerFrames.MAX_FRAMES, PeerFrames.MAX_FRAMES + 1);

    open.countDown();

    Eventually.holds("it is read from again", PATIENCE, () -> tap.size() == 2);
    assertThat(tap).containsExactly("pause " + A, "resume " + A);
    Eventually.holds("all are taken", PATIENCE, () -> taken.size() == PeerFrames.MAX_FRAMES + 1);
  }

  @Test
  void aPeerThatSendsTooManyBytesIsNotReadFrom() {
    frames.attach(new RecordingTap());
    var large = Bytes.wrap(new byte[(int) (PeerFrames.MAX_BYTES / 4)]);

    IntStream.range(0, 6).forEach(_ -> frames.onFrame(B, large));

    assertThat(tap).containsExactly("pause " + B);
  }

  @Test
  void comingAndGoingIsToldAtOnce() {
    frames.onConnected(A);
    frames.onDisconnected(A);

    assertThat(taken).containsExactly("+" + ValidatorId.of(A), "-" + ValidatorId.of(A));
  }

  private static PublicKey key(int number) {
    var bytes = new byte[PublicKey.SIZE];
    bytes[0] = (byte) number;
    return new PublicKey(Bytes.wrap(bytes));
  }

  /** Lets frames through once it is open. */
  private final class LatchedDoor implements PeerFrames.Door {
    @Override
    public void onFrame(ValidatorId peer, Bytes frame, Instant receivedAt) {
      try {
        open.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      taken.add(new String(frame.toArray(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void onConnected(ValidatorId peer) {
      taken.add("+" + peer);
    }

    @Override
    public void onDisconnected(ValidatorId peer) {
      taken.add("-" + peer);
    }
  }

  /** Writes down what it is told. */
  private final class RecordingTap implements PeerFrames.Tap {
    @Override
    public void pause(PublicKey peer) {
      tap.add("pause " + peer);
    }

    @Override
    public void resume(PublicKey peer) {
      tap.add("resume " + peer);
    }
  }
}
