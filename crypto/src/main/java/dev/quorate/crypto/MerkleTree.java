package dev.quorate.crypto;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * RFC 6962 trees: a leaf is hashed behind a zero byte, an inner node behind a one, and the left
 * half of {@code n} leaves holds the largest power of two below {@code n} of them.
 *
 * <p>That shape is the same as pairing neighbours level by level and lifting an odd last one as it
 * is, which is how roots are computed here: in one array, in place, with one digest.
 */
public final class MerkleTree {
  /** The root of no leaves: SHA-256 of no bytes. */
  public static final Hash EMPTY_ROOT = Hash.sha256();

  private static final byte LEAF = 0;
  private static final byte INNER = 1;

  private MerkleTree() {}

  /** The root over the leaves in their order. */
  public static Hash root(List<Bytes> leaves) {
    return rootOfLeafHashes(leafHashes(leaves));
  }

  /** The root over leaves that were hashed by {@link #leafHash} before. */
  public static Hash rootOfLeafHashes(List<Hash> leafHashes) {
    if (leafHashes.isEmpty()) {
      return EMPTY_ROOT;
    }
    var level = new MerkleLevel(leafHashes);
    while (level.size() > 1) {
      level.lift();
    }
    return level.at(0);
  }

  /** SHA-256 of a zero byte and the leaf. */
  public static Hash leafHash(Bytes leaf) {
    return leafHash(Sha256.digest(), leaf);
  }

  /** The same for many leaves, in their order. */
  public static List<Hash> leafHashes(List<Bytes> leaves) {
    var digest = Sha256.digest();
    var hashes = new ArrayList<Hash>(leaves.size());
    for (var leaf : leaves) {
      hashes.add(leafHash(digest, leaf));
    }
    return hashes;
  }

  /** SHA-256 of a one byte and the two children. */
  public static Hash innerHash(Hash left, Hash right) {
    return innerHash(Sha256.digest(), left, right);
  }

  static Hash innerHash(MessageDigest digest, Hash left, Hash right) {
    if (left.isNone() || right.isNone()) {
      throw new IllegalArgumentException("a node has two children");
    }
    digest.update(INNER);
    left.updateTo(digest);
    right.updateTo(digest);
    return Hash.finish(digest);
  }

  /** Hashes the 64 bytes of two neighbours at {@code from} into the 32 bytes at {@code to}. */
  static void innerHash(MessageDigest digest, byte[] nodes, int from, int to) {
    digest.update(INNER);
    digest.update(nodes, from, 2 * Hash.SIZE);
    Sha256.finish(digest, nodes, to);
  }

  private static Hash leafHash(MessageDigest digest, Bytes leaf) {
    digest.update(LEAF);
    leaf.updateTo(digest);
    return Hash.finish(digest);
  }
}
