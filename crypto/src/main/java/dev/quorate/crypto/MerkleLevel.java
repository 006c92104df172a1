package dev.quorate.crypto;

import java.security.MessageDigest;
import java.util.List;

/** One level of a tree, side by side in one array; {@link #lift} turns it into the next one up. */
final class MerkleLevel {
  private final MessageDigest digest = Sha256.digest();
  private final byte[] nodes;
  private int size;

  /** The lowest level, over the given leaf hashes. */
  MerkleLevel(List<Hash> leafHashes) {
    nodes = new byte[Math.multiplyExact(leafHashes.size(), Hash.SIZE)];
    for (var leafHash : leafHashes) {
      if (leafHash.isNone()) {
        throw new IllegalArgumentException("leaf " + size + " has no hash");
      }
      leafHash.copyTo(nodes, size++ * Hash.SIZE);
    }
  }

  int size() {
    return size;
  }

  Hash at(int index) {
    return Hash.of(nodes, index * Hash.SIZE);
  }

  /** Hashes neighbours together; an odd last node goes up as it is. */
  void lift() {
    int pairs = size / 2;
    for (int i = 0; i < pairs; i++) {
      MerkleTree.innerHash(digest, nodes, 2 * i * Hash.SIZE, i * Hash.SIZE);
    }
    if (size % 2 == 1) {
      System.arraycopy(nodes, (size - 1) * Hash.SIZE, nodes, pairs * Hash.SIZE, Hash.SIZE);
    }
    size -= pairs;
  }
}
