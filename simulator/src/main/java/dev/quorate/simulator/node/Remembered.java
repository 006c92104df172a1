package dev.quorate.simulator.node;

import dev.quorate.consensus.core.BlockReader;
import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.Restored;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Gives engines away, and remembers the last one, so that it can be asked where it stands. */
final class Remembered<M extends Message<M>> implements EngineProvider<M> {
  private final EngineProvider<M> provider;
  private @Nullable Engine<M> last;

  Remembered(EngineProvider<M> provider) {
    this.provider = provider;
  }

  @Nullable Engine<M> last() {
    return last;
  }

  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public BlockShape blockShape() {
    return provider.blockShape();
  }

  @Override
  public List<String> faults(SortedMap<String, Long> parameters) {
    return provider.faults(parameters);
  }

  @Override
  public MessageCodec<M> codec(BlockReader blocks) {
    return provider.codec(blocks);
  }

  @Override
  public Engine<M> restore(EngineContext context, Restored restored) {
    var engine = provider.restore(context, restored);
    last = engine;
    return engine;
  }
}
