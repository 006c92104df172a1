package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.BlockReader;
import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.tendermint.message.TendermintCodec;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.List;
import java.util.SortedMap;

/** Offers this engine under the name {@code tendermint}. */
public final class TendermintProvider implements EngineProvider<TendermintMessage> {
  /** For {@link java.util.ServiceLoader}. */
  public TendermintProvider() {}

  @Override
  public String name() {
    return "tendermint";
  }

  /** A height that has begun elsewhere runs to its decision, with an empty block if need be. */
  @Override
  public BlockShape blockShape() {
    return new BlockShape(BlockShape.LastCommit.CARRIED, BlockShape.EmptyBlocks.ALLOWED);
  }

  @Override
  public List<String> faults(SortedMap<String, Long> parameters) {
    return TendermintParameters.faults(parameters);
  }

  @Override
  public MessageCodec<TendermintMessage> codec(BlockReader blocks) {
    return new TendermintCodec(blocks);
  }

  @Override
  public Engine<TendermintMessage> restore(EngineContext context, Restored restored) {
    var state = new RoundState(context, TendermintParameters.of(context.parameters()), restored);
    for (var block : restored.undelivered()) {
      if (block.height().equals(state.height())) {
        state.candidates.keepStored(block);
      }
    }
    return new TendermintEngine(state);
  }
}
