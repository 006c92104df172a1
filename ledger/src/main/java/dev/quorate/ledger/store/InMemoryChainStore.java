package dev.quorate.ledger.store;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Batch;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Location;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.ledger.evidence.EvidenceReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A store without a disk, for simulations and tests: what is committed to it outlives the replica
 * that uses it, a batch that was not committed leaves no trace.
 */
public final class InMemoryChainStore implements ChainStore {
  private final Genesis genesis;
  private final Map<Height, StoredBlock> blocks = new HashMap<>();
  private final Map<Hash, Height> heights = new HashMap<>();
  private final Map<Hash, Location> locations = new HashMap<>();
  private final TreeMap<Height, TreeMap<BlockId, LedgerBlock>> undelivered = new TreeMap<>();
  private InMemoryEvidence evidence = new InMemoryEvidence();
  private ChainState tip;
  private @Nullable Bytes engineState;
  private boolean closed;

  /** A store that holds nothing yet. */
  public InMemoryChainStore(Genesis genesis) {
    this.genesis = genesis;
    this.tip = ChainState.genesis(genesis);
  }

  /** The same content for a replica that starts again. */
  public synchronized InMemoryChainStore reopen() {
    closed = false;
    return this;
  }

  /** The same content in a store of its own, as when a folder is copied. */
  public synchronized InMemoryChainStore copy() {
    var copy = new InMemoryChainStore(genesis);
    copy.blocks.putAll(blocks);
    copy.heights.putAll(heights);
    copy.locations.putAll(locations);
    undelivered.forEach((height, bodies) -> copy.undelivered.put(height, new TreeMap<>(bodies)));
    copy.evidence = evidence.copy();
    copy.tip = tip;
    copy.engineState = engineState;
    return copy;
  }

  @Override
  public synchronized Batch begin() {
    requireOpen();
    return new StoreBatch(tip, this::write);
  }

  @Override
  public synchronized Optional<Bytes> engineState() {
    requireOpen();
    return Optional.ofNullable(engineState);
  }

  @Override
  public synchronized List<LedgerBlock> undelivered() {
    requireOpen();
    return undelivered.values().stream().flatMap(it -> it.values().stream()).toList();
  }

  @Override
  public synchronized Optional<ChainState> tip() {
    requireOpen();
    return blocks.isEmpty() ? Optional.empty() : Optional.of(tip);
  }

  @Override
  public synchronized Optional<StoredBlock> block(Height height) {
    requireOpen();
    return Optional.ofNullable(blocks.get(height));
  }

  @Override
  public Optional<Header> header(Height height) {
    return block(height).map(it -> it.block().header());
  }

  @Override
  public Optional<Commit> commit(Height height) {
    return block(height).map(StoredBlock::commit);
  }

  @Override
  public synchronized Optional<Height> heightOf(Hash blockHash) {
    requireOpen();
    return Optional.ofNullable(heights.get(blockHash));
  }

  @Override
  public synchronized Optional<Location> locate(Hash transactionId) {
    requireOpen();
    return Optional.ofNullable(locations.get(transactionId));
  }

  @Override
  public boolean contains(Hash transactionId) {
    return locate(transactionId).isPresent();
  }

  @Override
  public synchronized EvidenceReader evidence() {
    requireOpen();
    return evidence;
  }

  @Override
  public Height initialHeight() {
    return genesis.initialHeight();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private synchronized void write(StoreBatch batch) {
    requireOpen();
    if (!batch.base().equals(tip)) {
      throw new IllegalStateException("the chain has moved on since the batch began");
    }
    batch.engineState().ifPresent(state -> engineState = state);
    for (var change : batch.changes()) {
      switch (change) {
        case StoreBatch.Change.Keep(var block) ->
            undelivered
                .computeIfAbsent(block.height(), _ -> new TreeMap<>())
                .put(block.id(), block);
        case StoreBatch.Change.Accuse(var piece) -> evidence.keep(piece);
        case StoreBatch.Change.Append(var stored, var after) -> append(stored, after);
      }
    }
  }

  private void append(StoredBlock stored, ChainState after) {
    var block = stored.block();
    blocks.put(block.height(), stored);
    heights.put(block.id().hash(), block.height());
    undelivered.remove(block.height());
    if (block.carriesCommit()) {
      var settled = block.lastCommit();
      blocks.computeIfPresent(settled.height(), (_, it) -> it.with(settled));
    }
    evidence.append(block);
    for (int i = 0; i < block.transactions().size(); i++) {
      var location = new Location(block.height(), i, stored.firstSequence() + i);
      locations.put(block.transactions().get(i).id(), location);
    }
    tip = after;
  }

  private void requireOpen() {
    if (closed) {
      throw new StorageException("the store is closed");
    }
  }
}
