package dev.quorate.crypto;

import java.util.ArrayList;
import java.util.List;

/**
 * The claim that a leaf stands at an index of a tree, with what it takes to check it.
 *
 * <p>Anybody may have made one, so nothing is refused here: {@link #proves} judges everything, and
 * a claim that cannot be true is simply false.
 *
 * @param total how many leaves the tree has
 * @param index the leaf's place, from 0 to {@code total - 1}
 * @param leafHash the leaf's hash, as {@link MerkleTree#leafHash} gives it
 * @param aunts the siblings of the path from the leaf up, the lowest first; at most {@link
 *     #MAX_AUNTS}
 */
public record MerkleProof(long total, long index, Hash leafHash, List<Hash> aunts) {
  /** More aunts than this prove nothing. */
  public static final int MAX_AUNTS = 100;

  public MerkleProof {
    aunts = List.copyOf(aunts);
  }

  /** The proof for one leaf of a tree; refuses an index that the tree does not have. */
  public static MerkleProof of(List<Hash> leafHashes, int index) {
    if (index < 0 || index >= leafHashes.size()) {
      throw new IndexOutOfBoundsException("leaf " + index + " of " + leafHashes.size());
    }
    var aunts = new ArrayList<Hash>();
    var level = new MerkleLevel(leafHashes);
    for (int place = index; level.size() > 1; place /= 2) {
      int sibling = place ^ 1;
      if (sibling < level.size()) {
        aunts.add(level.at(sibling));
      }
      level.lift();
    }
    return new MerkleProof(leafHashes.size(), index, leafHashes.get(index), aunts);
  }

  /** Whether the tree with this root has exactly this leaf at this index. Never throws. */
  public boolean proves(Hash root, Bytes leaf) {
    return MerkleTree.leafHash(leaf).equals(leafHash) && provesLeafHash(root);
  }

  /** Whether the tree with this root has a leaf of this hash at this index. Never throws. */
  public boolean provesLeafHash(Hash root) {
    if (index < 0 || index >= total || aunts.size() > MAX_AUNTS || leafHash.isNone()) {
      return false;
    }
    var digest = Sha256.digest();
    var node = leafHash;
    long place = index;
    long last = total - 1; // the index of the last node on the level that `place` is on
    for (var aunt : aunts) {
      if (last == 0 || aunt.isNone()) {
        return false;
      }
      if (place % 2 == 1) {
        node = MerkleTree.innerHash(digest, aunt, node);
      } else if (place < last) {
        node = MerkleTree.innerHash(digest, node, aunt);
      } else {
        // An odd last node rose alone, up to the level on which it has a sibling, on its left.
        int levels = Long.numberOfTrailingZeros(place);
        place >>= levels;
        last >>= levels;
        node = MerkleTree.innerHash(digest, aunt, node);
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0 && node.equals(root);
  }
}
