package dev.quorate.simulator;

import dev.quorate.consensus.core.BlockReader;
import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.Restored;
import dev.quorate.crypto.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * An engine whose messages are read once for all nodes of a network: reading is a pure function of
 * the bytes, a message never changes, and the same frame arrives at many.
 */
final class SharedReading<M extends Message<M>> implements EngineProvider<M> {
  /** Frames that are on their way at one time are fewer, nearly always. */
  private static final int MOST_KEPT = 1_024;

  private final EngineProvider<M> engine;
  private final MessageCodec<M> codec;

  /**
   * The engine, and nothing read yet.
   *
   * @param blocks how all nodes read blocks
   */
  SharedReading(EngineProvider<M> engine, BlockReader blocks) {
    this.engine = engine;
    this.codec = new Kept<>(engine.codec(blocks));
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public BlockShape blockShape() {
    return engine.blockShape();
  }

  @Override
  public List<String> faults(SortedMap<String, Long> parameters) {
    return engine.faults(parameters);
  }

  /** The shared one, whatever the reader: all nodes have the same genesis. */
  @Override
  public MessageCodec<M> codec(BlockReader blocks) {
    return codec;
  }

  @Override
  public Engine<M> restore(EngineContext context, Restored restored) {
    return engine.restore(context, restored);
  }

  /** Keeps what was read last. One thread's. */
  private static final class Kept<M extends Message<M>> implements MessageCodec<M> {
    private final MessageCodec<M> codec;
    private final Map<Bytes, Decoded<M>> read =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.@Nullable Entry<Bytes, Decoded<M>> eldest) {
            return size() > MOST_KEPT;
          }
        };

    Kept(MessageCodec<M> codec) {
      this.codec = codec;
    }

    @Override
    public Bytes encode(M message) {
      return codec.encode(message);
    }

    @Override
    public Decoded<M> decode(Bytes encoded) {
      return read.computeIfAbsent(encoded, codec::decode);
    }
  }
}
