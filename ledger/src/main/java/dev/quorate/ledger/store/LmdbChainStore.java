package dev.quorate.ledger.store;

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
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Location;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.ledger.evidence.EvidenceReader;
import dev.quorate.ledger.store.lmdb.LmdbEnvironment;
import dev.quorate.ledger.store.lmdb.LmdbEnvironment.Access;
import dev.quorate.ledger.store.lmdb.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The chain in LMDB: the folder {@code chain} for blocks and engine state, one write transaction
 * and its sync for each batch, and the folder {@code index} for transaction ids ({@link
 * TransactionIndex}).
 *
 * <p>A block's body is written once: when it is stored, or when it is appended without having been.
 * Readers see a block when it is durable, its transactions are in the index and the tip has moved
 * on to it, in this order. A block that is read is hashed again and must be the one that its
 * height's record names.
 */
public final class LmdbChainStore implements ChainStore {
  private static final String CHAIN = "chain";
  private static final String INDEX = "index";
  private static final int BLOCKS_PER_NOTICE = 10_000;

  private final Genesis genesis;
  private final StoreOptions options;
  private final ChainTables tables;
  private final TransactionIndex index;
  private final RecentBlocks recent;
  private final LmdbEvidence evidence;
  private volatile ChainState tip;

  private LmdbChainStore(
      Genesis genesis,
      StoreOptions options,
      ChainTables tables,
      TransactionIndex index,
      ChainState tip) {
    this.genesis = genesis;
    this.options = options;
    this.tables = tables;
    this.index = index;
    this.recent = new RecentBlocks(options.cacheBytes());
    this.evidence = new LmdbEvidence(tables.evidence(), () -> this.tip.height());
    this.tip = tip;
  }

  /**
   * How full the two files are.
   *
   * @param mapBytes the most that each of them can hold
   */
  public record Usage(long chainBytes, long indexBytes, long mapBytes) {}

  /**
   * Opens, or at the first start creates, the store in a folder that the caller has locked ({@link
   * DataDirectory}). Blocks that the index does not have yet are read and added.
   */
  public static LmdbChainStore open(Path dataDirectory, Genesis genesis, StoreOptions options) {
    return open(dataDirectory, genesis, options, Access.READ_WRITE);
  }

  /** The same for an audit: nothing in the folder changes, and every batch fails. */
  public static LmdbChainStore openReadOnly(
      Path dataDirectory, Genesis genesis, StoreOptions options) {
    return open(dataDirectory, genesis, options, Access.READ_ONLY);
  }

  private static LmdbChainStore open(
      Path directory, Genesis genesis, StoreOptions options, Access access) {
    var env =
        LmdbEnvironment.open(directory.resolve(CHAIN), options.mapBytes(), Table.CHAIN, access);
    var tables = new ChainTables(env, new LedgerBlockReader(genesis.limits()));
    try {
      var tip = tables.tip().orElse(ChainState.genesis(genesis));
      var index =
          IndexOpening.open(
              directory.resolve(INDEX), options, access, mark -> isOnChain(mark, tip, tables));
      try {
        var store = new LmdbChainStore(genesis, options, tables, index, tip);
        store.checkTip();
        store.catchUpIndex();
        return store;
      } catch (RuntimeException e) {
        index.close();
        throw e;
      }
    } catch (RuntimeException e) {
      tables.close();
      throw e;
    }
  }

  @Override
  public Batch begin() {
    tables.requireUsable();
    return new StoreBatch(tip, this::write);
  }

  @Override
  public Optional<Bytes> engineState() {
    return tables.engineState();
  }

  @Override
  public List<LedgerBlock> undelivered() {
    return tables.blocksFrom(tip.height().next());
  }

  @Override
  public Optional<ChainState> tip() {
    tables.requireUsable();
    return Optional.of(tip).filter(it -> !it.id().isNone());
  }

  @Override
  public Optional<StoredBlock> block(Height height) {
    if (!isVisible(height)) {
      return Optional.empty();
    }
    var cached = recent.get(height);
    return cached.isPresent() ? cached : tables.block(height);
  }

  @Override
  public Optional<Header> header(Height height) {
    if (!isVisible(height)) {
      return Optional.empty();
    }
    var cached = recent.get(height);
    return cached.isPresent() ? cached.map(it -> it.block().header()) : tables.header(height);
  }

  @Override
  public Optional<Commit> commit(Height height) {
    if (!isVisible(height)) {
      return Optional.empty();
    }
    var cached = recent.get(height);
    return cached.isPresent() ? cached.map(StoredBlock::commit) : tables.commit(height);
  }

  @Override
  public Optional<Height> heightOf(Hash blockHash) {
    return tables.heightOf(blockHash).filter(this::isVisible);
  }

  @Override
  public Optional<Location> locate(Hash transactionId) {
    return find(transactionId)
        .map(it -> new Location(it.height(), it.index(), firstSequence(it.height()) + it.index()));
  }

  @Override
  public boolean contains(Hash transactionId) {
    return find(transactionId).isPresent();
  }

  @Override
  public EvidenceReader evidence() {
    tables.requireUsable();
    return evidence;
  }

  @Override
  public Height initialHeight() {
    return genesis.initialHeight();
  }

  /** How many transaction ids are indexed; as many as the chain has transactions. */
  public long indexedTransactions() {
    return index.size();
  }

  /** How many offences are indexed; as many as the chain has pieces of evidence. */
  public long indexedOffences() {
    return tables.evidence().offences();
  }

  public Usage usage() {
    return new Usage(tables.usedBytes(), index.usedBytes(), options.mapBytes());
  }

  @Override
  public void close() {
    try (tables) {
      index.close();
    }
  }

  private void write(StoreBatch batch) {
    if (!batch.base().id().equals(tip.id())) {
      throw new IllegalStateException("the chain has moved on since the batch began");
    }
    tables.write(batch);
    for (var change : batch.changes()) {
      if (change instanceof StoreBatch.Change.Append(var stored, var after)) {
        index.add(stored.block());
        recent.add(stored);
        tip = after;
      }
    }
    if (evidence.isChangedBy(batch)) {
      evidence.refresh();
    }
  }

  private Optional<TransactionIndex.Place> find(Hash transactionId) {
    return index.find(transactionId).filter(it -> isVisible(it.height()));
  }

  /** Whether the height's block may be shown; also what is in memory only while all is well. */
  private boolean isVisible(Height height) {
    tables.requireUsable();
    return !height.isAbove(tip.height());
  }

  private long firstSequence(Height height) {
    var cached = recent.get(height);
    return cached.isPresent()
        ? cached.get().firstSequence()
        : tables
            .entry(height)
            .orElseThrow(
                () -> new StorageException("the index names height " + height + ", not a block"))
            .firstSequence();
  }

  private void checkTip() {
    if (!tip.id().isNone()
        && tables.entry(tip.height()).filter(it -> it.id().equals(tip.id())).isEmpty()) {
      throw new StorageException(
          "the tip is block %s at height %s, which is not there".formatted(tip.id(), tip.height()));
    }
  }

  private void catchUpIndex() {
    long from = index.mark().map(it -> it.height().next()).orElse(genesis.initialHeight()).value();
    long to = tip.height().value();
    for (long h = from; h <= to; h++) {
      var missing =
          tables
              .block(new Height(h))
              .orElseThrow(() -> new StorageException("a block below the tip is missing"));
      index.add(missing.block());
      if ((h - from + 1) % BLOCKS_PER_NOTICE == 0) {
        options.notices().accept("indexing transactions: at height " + h + " of " + to);
      }
    }
  }

  private static boolean isOnChain(TransactionIndex.Mark mark, ChainState tip, ChainTables tables) {
    return !mark.height().isAbove(tip.height())
        && tables
            .entry(mark.height())
            .filter(it -> it.id().hash().equals(mark.blockHash()))
            .isPresent();
  }
}
