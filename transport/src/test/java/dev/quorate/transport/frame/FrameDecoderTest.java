package dev.quorate.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.transport.handshake.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameDecoderTest {
  private static final int CAP = 5_000;
  private static final List<FrameKind> KINDS = List.copyOf(EnumSet.allOf(FrameKind.class));

  private final List<Refusal> faults = new ArrayList<>();
  private final FrameDecoder decoder = new FrameDecoder(CAP, faults::add);
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void cutsFramesOutOfAnyPieces(long seed) {
    var random = new SplittableRandom(seed);
    var frames = new ArrayList<Frame>();
    var stream = Unpooled.buffer();
    for (int i = 0; i < 200; i++) {
      var body = new byte[random.nextInt(10) == 0 ? random.nextInt(CAP + 1) : random.nextInt(9)];
      random.nextBytes(body);
      var kind = KINDS.get(random.nextInt(KINDS.size()));
      frames.add(new Frame(kind, Bytes.wrap(body)));
      stream.writeBytes(FrameEncoder.encode(kind, Bytes.wrap(body)));
    }

    while (stream.isReadable()) {
      int some = Math.min(stream.readableBytes(), 1 + random.nextInt(random.nextInt(1, 3_000)));
      channel.writeInbound(stream.readBytes(some));
    }

    assertThat(read()).isEqualTo(frames);
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest(name = "length {0}")
  @ValueSource(longs = {CAP + 2, Integer.MAX_VALUE, 0x8000_0000L, 0xffff_ffffL})
  void refusesALengthAboveTheCapBeforeTheKindIsThere(long length) {
    receive(Unpooled.buffer().writeInt((int) length));

    assertThat(faults).containsExactly(Refusal.FRAME_TOO_LARGE);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"0000000003", "0000000100", "0000000105", "00000001ff"})
  void refusesAMissingOrUnknownKind(String header) {
    receive(Unpooled.wrappedBuffer(Bytes.fromHex(header).asBuffer()));

    assertThat(faults).containsExactly(Refusal.MALFORMED);
  }

  @Test
  void readsNothingAfterAFault() {
    receive(Unpooled.buffer().writeInt(0).writeByte(3));
    receive(FrameEncoder.encode(FrameKind.DATA, Bytes.utf8("late")));

    assertThat(read()).isEmpty();
    assertThat(faults).hasSize(1);
  }

  @Test
  void knowsALateFrame() {
    receive(Unpooled.buffer().writeInt(100));

    assertThat(decoder.isLate(System.nanoTime(), -1)).isTrue();
    assertThat(decoder.isLate(System.nanoTime(), Long.MAX_VALUE)).isFalse();
  }

  @Test
  void knowsNoLateFrameBetweenFrames() {
    receive(FrameEncoder.encode(FrameKind.DATA, Bytes.EMPTY));

    assertThat(decoder.isLate(System.nanoTime(), -1)).isFalse();
  }

  @Test
  void theEncodingIsFrozen() {
    var small = FrameEncoder.encode(FrameKind.DATA, Bytes.fromHex("cafe"));
    var large = FrameEncoder.encode(FrameKind.DATA, Bytes.wrap(new byte[0x1_0000]));

    assertThat(ByteBufUtil.hexDump(small)).isEqualTo("0000000303cafe");
    assertThat(ByteBufUtil.hexDump(large)).isEqualTo("0001000103" + "00".repeat(0x1_0000));
  }

  private void receive(ByteBuf bytes) {
    channel.writeInbound(bytes);
  }

  private List<Frame> read() {
    var frames = new ArrayList<Frame>();
    for (Frame it = channel.readInbound(); it != null; it = channel.readInbound()) {
      frames.add(it);
    }
    return frames;
  }
}
