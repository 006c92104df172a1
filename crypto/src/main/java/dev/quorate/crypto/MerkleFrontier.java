package dev.quorate.crypto;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree that only grows, kept as what is needed to go on: the roots of its full subtrees.
 *
 * <p>An immutable value. Its root is that of {@link MerkleTree} over the same leaves; appending
 * costs one node a leaf, whatever the size.
 */
public final class MerkleFrontier {
  /** The tree without leaves. */
  public static final MerkleFrontier EMPTY = new MerkleFrontier(0, List.of());

  private final long size;
  private final List<Hash> peaks;

  private MerkleFrontier(long size, List<Hash> peaks) {
    this.size = size;
    this.peaks = peaks;
  }

  /**
   * The tree with this many leaves and these peaks; refuses a negative size and peaks that are not
   * one a set bit of the size.
   */
  public static MerkleFrontier of(long size, List<Hash> peaks) {
    if (size < 0 || peaks.size() != Long.bitCount(size) || peaks.contains(Hash.NONE)) {
      throw new IllegalArgumentException(peaks.size() + " peaks do not make a tree of " + size);
    }
    return new MerkleFrontier(size, List.copyOf(peaks));
  }

  /** How many leaves there are. */
  public long size() {
    return size;
  }

  /** The roots of the full subtrees from left to right, the largest first. */
  public List<Hash> peaks() {
    return peaks;
  }

  /** This tree with more leaves behind the last one. */
  public MerkleFrontier append(List<Hash> leafHashes) {
    if (leafHashes.isEmpty()) {
      return this;
    }
    // A stack of subtree roots, side by side, so that the two on top can be hashed where they lie.
    var stack = new byte[(Long.SIZE + 1) * Hash.SIZE];
    int height = 0;
    for (var peak : peaks) {
      peak.copyTo(stack, height++ * Hash.SIZE);
    }
    var digest = Sha256.digest();
    long count = size;
    for (var leafHash : leafHashes) {
      if (leafHash.isNone()) {
        throw new IllegalArgumentException("leaf " + count + " has no hash");
      }
      leafHash.copyTo(stack, height++ * Hash.SIZE);
      for (int full = Long.numberOfTrailingZeros(~count); full > 0; full--) {
        height--;
        int top = (height - 1) * Hash.SIZE;
        MerkleTree.innerHash(digest, stack, top, top);
      }
      count = Math.addExact(count, 1);
    }
    var grown = new ArrayList<Hash>(height);
    for (int i = 0; i < height; i++) {
      grown.add(Hash.of(stack, i * Hash.SIZE));
    }
    return new MerkleFrontier(count, List.copyOf(grown));
  }

  /** The root over all leaves. */
  public Hash root() {
    if (peaks.isEmpty()) {
      return MerkleTree.EMPTY_ROOT;
    }
    var digest = Sha256.digest();
    var root = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = MerkleTree.innerHash(digest, peaks.get(i), root);
    }
    return root;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MerkleFrontier that && size == that.size && peaks.equals(that.peaks);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(size) + peaks.hashCode();
  }

  @Override
  public String toString() {
    return "MerkleFrontier[" + size + " leaves, root " + root().abbreviated() + "]";
  }
}
