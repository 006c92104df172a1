package dev.quorate.simulator.disk;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Batch;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Location;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.ledger.evidence.EvidenceReader;
import dev.quorate.ledger.store.InMemoryChainStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store as one process sees it: reads what is there, writes through the disk. */
final class SimStore implements ChainStore {
  private final SimDisk disk;
  private final InMemoryChainStore store;

  SimStore(SimDisk disk, InMemoryChainStore store) {
    this.disk = disk;
    this.store = store;
  }

  /** Collects what one commit writes. */
  private static final class Collecting implements Batch {
    private final SimDisk disk;
    private final List<LedgerBlock> bodies = new ArrayList<>();
    private final List<DuplicateVoteEvidence> evidence = new ArrayList<>();
    private final List<SimDisk.Appended> appended = new ArrayList<>();
    private @Nullable Bytes engineState;

    Collecting(SimDisk disk) {
      this.disk = disk;
    }

    @Override
    public void saveEngineState(Bytes state) {
      engineState = state;
    }

    @Override
    public void store(LedgerBlock block) {
      bodies.add(block);
    }

    @Override
    public void keep(DuplicateVoteEvidence piece) {
      evidence.add(piece);
    }

    @Override
    public void append(LedgerBlock block, Commit commit) {
      appended.add(new SimDisk.Appended(block, commit));
    }

    @Override
    public void commit() {
      var records =
          new SimDisk.Records(Optional.ofNullable(engineState), bodies, evidence, appended);
      if (!records.isEmpty()) {
        disk.commit(records);
      }
    }

    @Override
    public void close() {}
  }

  @Override
  public Batch begin() {
    return new Collecting(disk);
  }

  @Override
  public Optional<Bytes> engineState() {
    return store.engineState();
  }

  @Override
  public List<LedgerBlock> undelivered() {
    return store.undelivered();
  }

  @Override
  public Optional<ChainState> tip() {
    return store.tip();
  }

  @Override
  public Optional<StoredBlock> block(Height height) {
    return store.block(height);
  }

  @Override
  public Optional<Header> header(Height height) {
    return store.header(height);
  }

  @Override
  public Optional<Commit> commit(Height height) {
    return store.commit(height);
  }

  @Override
  public Optional<Height> heightOf(Hash blockHash) {
    return store.heightOf(blockHash);
  }

  @Override
  public Optional<Location> locate(Hash transactionId) {
    return store.locate(transactionId);
  }

  @Override
  public boolean contains(Hash transactionId) {
    return store.contains(transactionId);
  }

  @Override
  public EvidenceReader evidence() {
    return store.evidence();
  }

  @Override
  public Height initialHeight() {
    return store.initialHeight();
  }

  /** Nothing: the disk outlives the process. */
  @Override
  public void close() {}
}
