package dev.quorate.replica.conveyor;

import dev.quorate.consensus.core.BlockReader;
import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.Restored;
import java.util.List;
import java.util.SortedMap;

/** Makes conveyors. */
public final class ConveyorProvider implements EngineProvider<ConveyorMessage> {
  /** 1 makes an engine forget its undelivered blocks when it changes the round. */
  public static final String ABANDON = "abandon";

  @Override
  public String name() {
    return "conveyor";
  }

  @Override
  public BlockShape blockShape() {
    return new BlockShape(BlockShape.LastCommit.BESIDE, BlockShape.EmptyBlocks.NEVER);
  }

  @Override
  public List<String> faults(SortedMap<String, Long> parameters) {
    return List.of();
  }

  @Override
  public MessageCodec<ConveyorMessage> codec(BlockReader blocks) {
    return new ConveyorCodec(blocks);
  }

  @Override
  public Engine<ConveyorMessage> restore(EngineContext context, Restored restored) {
    return new ConveyorEngine(context, restored);
  }
}
