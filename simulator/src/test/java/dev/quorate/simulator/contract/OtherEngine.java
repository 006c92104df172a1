package dev.quorate.simulator.contract;

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

/** An engine that does as another one does, but for what a test has it do wrong. */
abstract class OtherEngine<M extends Message<M>> implements EngineProvider<M> {
  private final EngineProvider<M> provider;

  OtherEngine(EngineProvider<M> provider) {
    this.provider = provider;
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
    return provider.restore(context, restored);
  }
}
