package dev.quorate.ledger.store;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Batch;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.StoredBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one batch of both stores: judges and collects, so that the write itself is short and a bug
 * shows where it is made.
 */
final class StoreBatch implements Batch {
  /** A change to the chain, in the order asked for. */
  sealed interface Change {
    /** A block that is not committed. */
    record Keep(LedgerBlock block) implements Change {}

    /** Evidence that waits for a block from now on. */
    record Accuse(DuplicateVoteEvidence evidence) implements Change {}

    /** The next block of the chain, which is then in the state given. */
    record Append(StoredBlock stored, ChainState after) implements Change {}
  }

  private final ChainState base;
  private final Consumer<StoreBatch> write;
  private final List<Change> changes = new ArrayList<>();
  private ChainState tip;
  private @Nullable Bytes engineState;
  private boolean over;

  /**
   * A batch on top of a chain.
   *
   * @param write makes the collected changes durable and visible
   */
  StoreBatch(ChainState base, Consumer<StoreBatch> write) {
    this.base = base;
    this.tip = base;
    this.write = write;
  }

  @Override
  public void saveEngineState(Bytes state) {
    requireOpen();
    engineState = state;
  }

  @Override
  public void store(LedgerBlock block) {
    requireOpen();
    if (block.height().isAbove(tip.height())) {
      changes.add(new Change.Keep(block));
    }
  }

  @Override
  public void keep(DuplicateVoteEvidence evidence) {
    requireOpen();
    changes.add(new Change.Accuse(evidence));
  }

  @Override
  public void append(LedgerBlock block, Commit commit) {
    requireOpen();
    if (!commit.height().equals(block.height()) || !commit.blockId().equals(block.id())) {
      throw new IllegalArgumentException(
          "a commit for " + commit.height() + " " + commit.blockId() + " is not for " + block);
    }
    if (block.carriesCommit() && !block.lastCommit().blockId().equals(tip.id())) {
      throw new IllegalArgumentException(
          "%s carries a commit for %s, not for its parent"
              .formatted(block, block.lastCommit().blockId()));
    }
    long firstSequence = tip.history().size();
    tip = tip.after(block);
    changes.add(new Change.Append(new StoredBlock(block, commit, firstSequence), tip));
  }

  @Override
  public void commit() {
    requireOpen();
    over = true;
    if (engineState != null || !changes.isEmpty()) {
      write.accept(this);
    }
  }

  @Override
  public void close() {
    over = true;
  }

  /** The chain that the changes belong on. */
  ChainState base() {
    return base;
  }

  /** The chain with the changes. */
  ChainState tip() {
    return tip;
  }

  List<Change> changes() {
    return changes;
  }

  Optional<Bytes> engineState() {
    return Optional.ofNullable(engineState);
  }

  private void requireOpen() {
    if (over) {
      throw new IllegalStateException("the batch is over");
    }
  }
}
