package dev.quorate.ledger.store;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleFrontier;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.ledger.store.lmdb.Table;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;

/** Keys and payloads of the main environment; all numbers big-endian. */
final class StoreCodec {
  /** In {@link Table#STATE}: the chain after its newest block. */
  static final Bytes TIP = Bytes.utf8("tip");

  /** In {@link Table#STATE}: what the engine must remember. */
  static final Bytes ENGINE = Bytes.utf8("engine");

  private static final int BLOCK_ID = Hash.SIZE + Integer.BYTES + Hash.SIZE;

  /** What {@link Table#BLOCKS} holds of a block. */
  record Entry(BlockId id, long firstSequence, Bytes header, Bytes commit) {
    /** The same block with another proof of it. */
    Entry with(Commit other) {
      return new Entry(id, firstSequence, header, other.encode());
    }

    /** Refuses a header that does not hash to the id. */
    Header readHeader() {
      return Header.decode(header)
          .filter(it -> it.hash().equals(id.hash()))
          .orElseThrow(() -> new IllegalArgumentException("the header is not the block's"));
    }

    Commit readCommit() {
      return Commit.decode(commit)
          .orElseThrow(() -> new IllegalArgumentException("the commit cannot be read"));
    }
  }

  private StoreCodec() {}

  static Bytes key(Height height) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(height.value()).array());
  }

  /** Begins with the height's key, so the blocks of one height lie together. */
  static Bytes key(Height height, BlockId block) {
    var key = ByteBuffer.allocate(Long.BYTES + BLOCK_ID).putLong(height.value());
    put(key, block);
    return Bytes.wrap(key.array());
  }

  static Height height(Bytes encoded) {
    return new Height(encoded.asBuffer().getLong());
  }

  static Bytes encode(StoredBlock stored) {
    return encode(
        new Entry(
            stored.block().id(),
            stored.firstSequence(),
            stored.block().header().encode(),
            stored.commit().encode()));
  }

  static Bytes encode(Entry entry) {
    var encoded =
        ByteBuffer.allocate(
            Long.BYTES
                + BLOCK_ID
                + Integer.BYTES
                + entry.header().length()
                + entry.commit().length());
    encoded.putLong(entry.firstSequence());
    put(encoded, entry.id());
    encoded.putInt(entry.header().length());
    entry.header().copyTo(encoded);
    entry.commit().copyTo(encoded);
    return Bytes.wrap(encoded.array());
  }

  static Entry decodeEntry(Bytes encoded) {
    var buffer = encoded.asBuffer();
    long firstSequence = buffer.getLong();
    var id = blockId(buffer);
    int length = buffer.getInt();
    int header = buffer.position();
    return new Entry(
        id,
        firstSequence,
        encoded.slice(header, header + length),
        encoded.slice(header + length, encoded.length()));
  }

  static Bytes encode(ChainState state) {
    var peaks = state.history().peaks();
    var encoded =
        ByteBuffer.allocate(4 * Long.BYTES + BLOCK_ID + Integer.BYTES + Hash.SIZE * peaks.size());
    encoded.putLong(state.height().value());
    put(encoded, state.id());
    var time = state.time();
    encoded.putLong(time.getEpochSecond()).putInt(time.getNano());
    encoded.putLong(state.history().size());
    peaks.forEach(peak -> peak.bytes().copyTo(encoded));
    return Bytes.wrap(encoded.array()).slice(0, encoded.position());
  }

  static ChainState decodeState(Bytes encoded) {
    var buffer = encoded.asBuffer();
    var height = new Height(buffer.getLong());
    var id = blockId(buffer);
    var time = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
    long size = buffer.getLong();
    var peaks = new ArrayList<Hash>();
    while (buffer.hasRemaining()) {
      peaks.add(hash(buffer));
    }
    return new ChainState(height, id, time, MerkleFrontier.of(size, peaks));
  }

  private static void put(ByteBuffer target, BlockId id) {
    id.hash().bytes().copyTo(target);
    target.putInt((int) id.parts().total());
    id.parts().hash().bytes().copyTo(target);
  }

  private static BlockId blockId(ByteBuffer source) {
    var hash = hash(source);
    long total = source.getInt() & 0xffff_ffffL;
    return new BlockId(hash, new PartSetHeader(total, hash(source)));
  }

  private static Hash hash(ByteBuffer source) {
    var bytes = new byte[Hash.SIZE];
    source.get(bytes);
    return Hash.copyOf(bytes);
  }
}
