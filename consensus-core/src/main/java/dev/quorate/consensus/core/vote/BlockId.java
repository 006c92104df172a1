package dev.quorate.consensus.core.vote;

import dev.quorate.crypto.Hash;
import java.util.Comparator;

/**
 * What names a block: the hash of its header and the root of its parts. Wherever a rule says "the
 * hash of a block", the whole BlockId is meant.
 */
public record BlockId(Hash hash, PartSetHeader parts) implements Comparable<BlockId> {
  /** No block: a nil vote's, and the parent of the first block. */
  public static final BlockId NONE = new BlockId(Hash.NONE, PartSetHeader.NONE);

  private static final Comparator<BlockId> ORDER =
      Comparator.comparing(BlockId::hash)
          .thenComparing(id -> id.parts().hash())
          .thenComparingLong(id -> id.parts().total());

  public boolean isNone() {
    return equals(NONE);
  }

  /** Whether a block can have this id: both hashes are there, and it has parts. */
  public boolean isComplete() {
    return !hash.isNone() && !parts.hash().isNone() && parts.total() > 0;
  }

  @Override
  public int compareTo(BlockId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  /** The first eight hexadecimal digits of the hash, for logs. */
  public String abbreviated() {
    return hash.abbreviated();
  }

  @Override
  public String toString() {
    return hash.toString();
  }
}
