package dev.quorate.ledger.store;

import static dev.quorate.ledger.store.StoreCodec.ENGINE;
import static dev.quorate.ledger.store.StoreCodec.TIP;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.ledger.store.StoreCodec.Entry;
import dev.quorate.ledger.store.lmdb.LmdbEnvironment;
import dev.quorate.ledger.store.lmdb.Records;
import dev.quorate.ledger.store.lmdb.Table;
import dev.quorate.ledger.store.lmdb.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The main environment's tables as values of the ledger. What is read is parsed and hashed outside
 * of the read transaction, and whatever cannot be what was written is a {@link StorageException}.
 */
final class ChainTables implements AutoCloseable {
  private final LmdbEnvironment env;
  private final LedgerBlockReader reader;
  private final EvidenceTables evidence;

  ChainTables(LmdbEnvironment env, LedgerBlockReader reader) {
    this.env = env;
    this.reader = reader;
    this.evidence = new EvidenceTables(env);
  }

  EvidenceTables evidence() {
    return evidence;
  }

  /** The chain after its newest block; empty while there is none. */
  Optional<ChainState> tip() {
    return env.read(view -> view.get(Table.STATE, TIP))
        .map(it -> parse(Table.STATE, TIP, it, StoreCodec::decodeState));
  }

  Optional<Bytes> engineState() {
    return env.read(view -> view.get(Table.STATE, ENGINE));
  }

  Optional<Entry> entry(Height height) {
    var key = StoreCodec.key(height);
    return env.read(view -> view.get(Table.BLOCKS, key))
        .map(it -> parse(Table.BLOCKS, key, it, StoreCodec::decodeEntry));
  }

  Optional<Header> header(Height height) {
    return part(height, Entry::readHeader);
  }

  Optional<Commit> commit(Height height) {
    return part(height, Entry::readCommit);
  }

  Optional<Height> heightOf(Hash block) {
    return env.read(view -> view.get(Table.HEIGHTS, block.bytes()))
        .map(it -> parse(Table.HEIGHTS, block.bytes(), it, StoreCodec::height));
  }

  Optional<StoredBlock> block(Height height) {
    var entry = entry(height);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    var key = StoreCodec.key(height, entry.get().id());
    var body = env.read(view -> view.get(Table.BODIES, key));
    if (body.isEmpty()) {
      throw Records.damaged(Table.BODIES, key, "there is none");
    }
    var commit = parse(Table.BLOCKS, StoreCodec.key(height), entry.get(), Entry::readCommit);
    return Optional.of(
        new StoredBlock(readBlock(key, body.get()), commit, entry.get().firstSequence()));
  }

  /** The blocks from a height on, in order of height, then id. */
  List<LedgerBlock> blocksFrom(Height height) {
    record Body(Bytes key, Bytes encoded) {}

    List<Body> bodies = new ArrayList<>();
    env.read(
        view -> {
          view.scan(
              Table.BODIES,
              StoreCodec.key(height),
              (key, body) -> bodies.add(new Body(key, Records.read(Table.BODIES, key, body))));
          return bodies;
        });
    return bodies.stream().map(it -> readBlock(it.key(), it.encoded())).toList();
  }

  /** Makes a batch durable. */
  void write(StoreBatch batch) {
    env.write(
        changes -> {
          batch.engineState().ifPresent(state -> changes.put(Table.STATE, ENGINE, state));
          for (var change : batch.changes()) {
            switch (change) {
              case StoreBatch.Change.Keep(var block) -> keep(changes, block);
              case StoreBatch.Change.Accuse(var piece) -> evidence.keep(changes, piece);
              case StoreBatch.Change.Append(var stored, var _) -> {
                append(changes, stored);
                evidence.append(changes, stored.block());
              }
            }
          }
          if (!batch.tip().id().equals(batch.base().id())) {
            changes.put(Table.STATE, TIP, StoreCodec.encode(batch.tip()));
          }
        });
  }

  /** Throws when it is closed, or a write has failed. */
  void requireUsable() {
    env.requireUsable();
  }

  long usedBytes() {
    return env.usedBytes();
  }

  @Override
  public void close() {
    env.close();
  }

  private static void keep(WriteTransaction changes, LedgerBlock block) {
    var key = StoreCodec.key(block.height(), block.id());
    if (!changes.view().has(Table.BODIES, key)) {
      changes.put(Table.BODIES, key, block.encoded());
    }
  }

  private static void append(WriteTransaction changes, StoredBlock stored) {
    var block = stored.block();
    var height = StoreCodec.key(block.height());
    keep(changes, block);
    var kept = StoreCodec.key(block.height(), block.id());
    List<Bytes> siblings = new ArrayList<>();
    changes
        .view()
        .scan(
            Table.BODIES,
            height,
            (key, body) -> {
              boolean sameHeight = key.slice(0, height.length()).equals(height);
              if (sameHeight && !key.equals(kept)) {
                siblings.add(key);
              }
              return sameHeight;
            });
    siblings.forEach(key -> changes.delete(Table.BODIES, key));
    changes.put(Table.BLOCKS, height, StoreCodec.encode(stored));
    changes.put(Table.HEIGHTS, block.id().hash().bytes(), height);
    if (block.carriesCommit()) {
      settleCommit(changes, block.lastCommit());
    }
  }

  /** From now on the commit that the chain itself carries is the commit of its block. */
  private static void settleCommit(WriteTransaction changes, Commit commit) {
    var key = StoreCodec.key(commit.height());
    var entry =
        changes
            .view()
            .get(Table.BLOCKS, key)
            .map(it -> parse(Table.BLOCKS, key, it, StoreCodec::decodeEntry))
            .orElseThrow(() -> Records.damaged(Table.BLOCKS, key, "there is none"));
    changes.put(Table.BLOCKS, key, StoreCodec.encode(entry.with(commit)));
  }

  private <T> Optional<T> part(Height height, Function<Entry, T> part) {
    return entry(height).map(it -> parse(Table.BLOCKS, StoreCodec.key(height), it, part));
  }

  private LedgerBlock readBlock(Bytes key, Bytes body) {
    return reader
        .readBlock(body)
        .filter(it -> StoreCodec.key(it.height(), it.id()).equals(key))
        .orElseThrow(() -> Records.damaged(Table.BODIES, key, "it is not the block it should be"));
  }

  private static <S, T> T parse(Table table, Bytes key, S stored, Function<S, T> parser) {
    try {
      return parser.apply(stored);
    } catch (RuntimeException e) {
      throw Records.damaged(table, key, "it cannot be read: " + e);
    }
  }
}
