package dev.quorate.replica.cluster;

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
import dev.quorate.ledger.store.StorageException;
import java.util.List;
import java.util.Optional;

/** A store that tells of its writes and can break. */
public final class WatchedStore implements ChainStore {
  private final ChainStore store;
  private int writes;
  private boolean broken;

  public WatchedStore(ChainStore store) {
    this.store = store;
  }

  /** Batches that were committed. */
  public int writes() {
    return writes;
  }

  /** From now on every commit of a batch fails. */
  public void breakDown() {
    broken = true;
  }

  @Override
  public Batch begin() {
    var batch = store.begin();
    return new Batch() {
      @Override
      public void saveEngineState(Bytes state) {
        batch.saveEngineState(state);
      }

      @Override
      public void store(LedgerBlock block) {
        batch.store(block);
      }

      @Override
      public void keep(DuplicateVoteEvidence evidence) {
        batch.keep(evidence);
      }

      @Override
      public void append(LedgerBlock block, Commit commit) {
        batch.append(block, commit);
      }

      @Override
      public void commit() {
        if (broken) {
          throw new StorageException("the disk is gone");
        }
        batch.commit();
        writes++;
      }

      @Override
      public void close() {
        batch.close();
      }
    };
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

  @Override
  public void close() {
    store.close();
  }
}
