package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.BlockReader;
import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.pbft.message.PbftCodec;
import dev.quorate.consensus.pbft.message.PbftMessage;
import java.util.List;
import java.util.SortedMap;

/** Offers this engine under the name {@code pbft}. */
public final class PbftProvider implements EngineProvider<PbftMessage> {
  /** For {@link java.util.ServiceLoader}. */
  public PbftProvider() {}

  @Override
  public String name() {
    return "pbft";
  }

  /** Height h+1 is proposed before h is committed, and only to order something. */
  @Override
  public BlockShape blockShape() {
    return new BlockShape(BlockShape.LastCommit.BESIDE, BlockShape.EmptyBlocks.NEVER);
  }

  @Override
  public List<String> faults(SortedMap<String, Long> parameters) {
    return PbftParameters.faults(parameters);
  }

  @Override
  public MessageCodec<PbftMessage> codec(BlockReader blocks) {
    return new PbftCodec(blocks);
  }

  @Override
  public Engine<PbftMessage> restore(EngineContext context, Restored restored) {
    var state =
        new ReplicaState(
            context, PbftParameters.of(context.parameters()), restored.tip(), restored.tipCommit());
    restored.state().map(PbftStateCodec::decode).ifPresent(state::restore);
    for (var block : restored.undelivered()) {
      if (state.window.contains(block.height())) {
        state.window.open(block.height(), state.beat()).keepWanted(block).stored();
      }
    }
    return new PbftEngine(state);
  }
}
