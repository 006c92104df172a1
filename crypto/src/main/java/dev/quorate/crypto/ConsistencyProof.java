package dev.quorate.crypto;

import java.util.ArrayList;
import java.util.List;

/**
 * The claim that a tree is an earlier one with leaves appended, nothing else changed (RFC 6962,
 * 2.1.2). Like {@link MerkleProof} it refuses nothing by itself; {@link #proves} judges.
 *
 * @param oldSize how many leaves the earlier tree has
 * @param newSize how many the later one has
 * @param path the subtree roots that both trees are made of, in the RFC's order
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> path) {
  public ConsistencyProof {
    path = List.copyOf(path);
  }

  /** The proof that the tree over all leaf hashes extends the one over the first of them. */
  public static ConsistencyProof of(List<Hash> leafHashes, int oldSize) {
    if (oldSize < 0 || oldSize > leafHashes.size()) {
      throw new IndexOutOfBoundsException(oldSize + " of " + leafHashes.size() + " leaves");
    }
    var path = new ArrayList<Hash>();
    if (oldSize > 0) {
      collect(leafHashes, oldSize, true, path);
    }
    return new ConsistencyProof(oldSize, leafHashes.size(), path);
  }

  /**
   * Whether the tree of the new root extends that of the old one; every tree extends the empty one,
   * whose path is empty. Never throws.
   */
  public boolean proves(Hash oldRoot, Hash newRoot) {
    if (oldSize < 0 || oldSize > newSize || path.size() > 2 * Long.SIZE) {
      return false;
    }
    if (oldSize == 0 && !oldRoot.equals(MerkleTree.EMPTY_ROOT)) {
      return false;
    }
    if (oldSize == newSize) {
      return path.isEmpty() && oldRoot.equals(newRoot);
    }
    if (oldSize == 0) {
      return path.isEmpty();
    }
    return !path.contains(Hash.NONE) && !oldRoot.isNone() && climbs(oldRoot, newRoot);
  }

  /** Rebuilds both roots from the path, both trees' nodes side by side (RFC 9162, 2.1.4.2). */
  private boolean climbs(Hash oldRoot, Hash newRoot) {
    long place = oldSize - 1;
    long last = newSize - 1;
    int full = Long.numberOfTrailingZeros(oldSize);
    place >>= full;
    last >>= full;
    // The last full subtree of the old tree: all of it, if its size is a power of two.
    boolean whole = Long.bitCount(oldSize) == 1;
    if (!whole && path.isEmpty()) {
      return false;
    }
    var older = whole ? oldRoot : path.getFirst();
    var newer = older;
    var digest = Sha256.digest();
    for (var node : whole ? path : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if (place % 2 == 0 && place < last) {
        newer = MerkleTree.innerHash(digest, newer, node);
      } else {
        older = MerkleTree.innerHash(digest, node, older);
        newer = MerkleTree.innerHash(digest, node, newer);
        int levels = Long.numberOfTrailingZeros(place);
        if (place != 0) {
          place >>= levels;
          last >>= levels;
        }
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0 && older.equals(oldRoot) && newer.equals(newRoot);
  }

  /** SUBPROOF of RFC 6962; {@code known} while the subtree is the old tree itself. */
  private static void collect(List<Hash> leaves, int oldSize, boolean known, List<Hash> path) {
    if (oldSize == leaves.size()) {
      if (!known) {
        path.add(MerkleTree.rootOfLeafHashes(leaves));
      }
      return;
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    var left = leaves.subList(0, split);
    var right = leaves.subList(split, leaves.size());
    if (oldSize <= split) {
      collect(left, oldSize, known, path);
      path.add(MerkleTree.rootOfLeafHashes(right));
    } else {
      collect(right, oldSize - split, false, path);
      path.add(MerkleTree.rootOfLeafHashes(left));
    }
  }
}
