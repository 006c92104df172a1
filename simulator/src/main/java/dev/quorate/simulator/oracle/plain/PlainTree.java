package dev.quorate.simulator.oracle.plain;

import dev.quorate.crypto.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * RFC 6962's tree over leaves that come one by one: the roots of its full subtrees, the largest
 * first. Two neighbours of one size become one of twice the size.
 */
final class PlainTree {
  private static final Bytes LEAF = Bytes.wrap(new byte[] {0});
  private static final Bytes INNER = Bytes.wrap(new byte[] {1});

  private final List<Full> peaks = new ArrayList<>();
  private long size;

  private record Full(long leaves, Bytes root) {}

  static PlainTree of(List<Bytes> leaves) {
    var tree = new PlainTree();
    leaves.forEach(tree::add);
    return tree;
  }

  void add(Bytes leaf) {
    var last = new Full(1, sha256(LEAF, leaf));
    while (!peaks.isEmpty() && peaks.getLast().leaves() == last.leaves()) {
      var left = peaks.removeLast();
      last = new Full(2 * last.leaves(), sha256(INNER, left.root(), last.root()));
    }
    peaks.add(last);
    size++;
  }

  long size() {
    return size;
  }

  /** Of no leaves: the hash of nothing. */
  Bytes root() {
    if (peaks.isEmpty()) {
      return sha256();
    }
    var root = peaks.getLast().root();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = sha256(INNER, peaks.get(i).root(), root);
    }
    return root;
  }

  static Bytes sha256(Bytes... pieces) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var piece : pieces) {
        digest.update(piece.asBuffer());
      }
      return Bytes.wrap(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
