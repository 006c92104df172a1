package dev.quorate.crypto;

import java.util.List;
import java.util.stream.IntStream;

/** Leaves for trees in tests: the i-th one is the text {@code leaf i}. */
final class Leaves {
  private Leaves() {}

  static Bytes leaf(int i) {
    return Bytes.utf8("leaf " + i);
  }

  static List<Bytes> first(int count) {
    return IntStream.range(0, count).mapToObj(Leaves::leaf).toList();
  }

  static List<Hash> hashesOfFirst(int count) {
    return MerkleTree.leafHashes(first(count));
  }
}
