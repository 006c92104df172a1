package dev.quorate.ledger;

import dev.quorate.crypto.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What a replica must remember: the chain, the blocks that are on their way into it, and the state
 * of its engine. One thread writes, any thread reads.
 */
public interface ChainStore extends ChainReader, AutoCloseable {
  /** Collects what must become durable together. */
  Batch begin();

  /** What {@link Batch#saveEngineState(Bytes)} saved last. */
  Optional<Bytes> engineState();

  /** The stored blocks above the tip, in order of height, those of one height by id. */
  List<LedgerBlock> undelivered();

  /** Waits for calls under way; every later one fails. */
  @Override
  void close();
}
