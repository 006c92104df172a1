package dev.quorate.consensus.core;

import java.util.List;
import java.util.SortedMap;

/**
 * One engine of those that {@link java.util.ServiceLoader} finds: a new engine is one module with
 * one of these.
 */
public interface EngineProvider<M extends Message<M>> {
  /** The engine's name in a genesis file. */
  String name();

  /** How this engine's blocks are made. */
  BlockShape blockShape();

  /** What is wrong with the {@code parameters} of a genesis file, one sentence each. */
  List<String> faults(SortedMap<String, Long> parameters);

  /** The engine's wire format. */
  MessageCodec<M> codec(BlockReader blocks);

  /**
   * The engine as it stood when its last {@link Effect.Persist} became durable, or a fresh one.
   * Refuses saved bytes that it did not write with {@link IllegalStateException}.
   */
  Engine<M> restore(EngineContext context, Restored restored);
}
