package dev.quorate.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

final class OutboundQueueTest {
  private final OutboundQueue queue = new OutboundQueue(3, 100);

  @Test
  void servesUrgentFramesFirstAndEachLineInOrder() {
    var frames = new ByteBuf[] {frame(1), frame(2), frame(3), frame(4)};
    queue.offer(frames[0], Priority.BULK);
    queue.offer(frames[1], Priority.BULK);
    queue.offer(frames[2], Priority.CONSENSUS);
    queue.offer(frames[3], Priority.CONSENSUS);

    assertThat(new ByteBuf[] {queue.poll(), queue.poll(), queue.poll(), queue.poll()})
        .containsExactly(frames[2], frames[3], frames[0], frames[1]);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void aLineIsFullByFrames() {
    for (int i = 0; i < 3; i++) {
      assertThat(queue.offer(frame(1), Priority.BULK)).isEqualTo(OutboundQueue.Offer.QUEUED);
    }

    assertThat(queue.offer(frame(1), Priority.BULK)).isEqualTo(OutboundQueue.Offer.FULL);
  }

  @Test
  void aLineIsFullByBytes() {
    queue.offer(frame(60), Priority.BULK);

    assertThat(queue.offer(frame(41), Priority.BULK)).isEqualTo(OutboundQueue.Offer.FULL);
    assertThat(queue.offer(frame(40), Priority.BULK)).isEqualTo(OutboundQueue.Offer.QUEUED);
    queue.poll();
    assertThat(queue.offer(frame(60), Priority.BULK)).isEqualTo(OutboundQueue.Offer.QUEUED);
  }

  @Test
  void bulkNeverCrowdsOutUrgentFrames() {
    queue.offer(frame(100), Priority.BULK);

    assertThat(queue.offer(frame(100), Priority.CONSENSUS)).isEqualTo(OutboundQueue.Offer.QUEUED);
  }

  @Test
  void forgetsWhatWaitsWhenItIsClosed() {
    var waiting = frame(1);
    queue.offer(waiting, Priority.BULK);

    assertThat(queue.close()).isEqualTo(1);

    assertThat(waiting.refCnt()).isZero();
    assertThat(queue.offer(frame(1), Priority.BULK)).isEqualTo(OutboundQueue.Offer.CLOSED);
  }

  private static ByteBuf frame(int size) {
    return Unpooled.wrappedBuffer(new byte[size]);
  }
}
