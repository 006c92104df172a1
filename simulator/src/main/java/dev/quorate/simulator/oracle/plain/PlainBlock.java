package dev.quorate.simulator.oracle.plain;

import dev.quorate.crypto.Bytes;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** CometBFT's Block, from its bytes. */
final class PlainBlock {
  private static final int PART = 65_536;

  final PlainFields header;
  final List<Bytes> transactions;
  final List<Bytes> evidence;
  final PlainFields lastCommit;
  final Id id;

  /** A block's name, as headers and votes have it. */
  record Id(Bytes hash, long parts, Bytes partsRoot) {
    static final Id NONE = new Id(Bytes.EMPTY, 0, Bytes.EMPTY);
  }

  /** Refuses what is no message at all with {@link IllegalArgumentException}. */
  PlainBlock(Bytes encoded) {
    var block = PlainFields.of(encoded);
    header = block.message(1);
    transactions = block.message(2).all(1);
    evidence = block.message(3).all(1).stream().map(it -> PlainFields.of(it).content(1)).toList();
    lastCommit = block.message(4);
    var parts = parts(encoded);
    id = new Id(headerHash(header), parts.size(), parts.root());
  }

  long height() {
    return header.number(3);
  }

  Instant time() {
    var time = header.message(4);
    return Instant.ofEpochSecond(time.number(1), time.number(2));
  }

  Id parent() {
    return id(header.message(5));
  }

  /** The votes that stand in the block as its parent's commit. */
  List<Bytes> commitSigs() {
    return lastCommit.all(4);
  }

  /** For which block they are. */
  Id committed() {
    return id(lastCommit.message(3));
  }

  private static Id id(PlainFields id) {
    var parts = id.message(2);
    return new Id(id.content(1), parts.number(1), parts.content(2));
  }

  /** The ids of the transactions. */
  List<Bytes> ids() {
    return transactions.stream().map(it -> PlainTree.sha256(it)).toList();
  }

  private static PlainTree parts(Bytes encoded) {
    var tree = new PlainTree();
    for (int from = 0; from < encoded.length(); from += PART) {
      tree.add(encoded.slice(from, Math.min(encoded.length(), from + PART)));
    }
    return tree;
  }

  /** The tree over the fields, each encoded as a message of its own. */
  private static Bytes headerHash(PlainFields header) {
    var leaves = new ArrayList<Bytes>();
    leaves.add(header.content(1));
    leaves.add(PlainFields.wrapped(header.content(2)));
    var height = new ByteArrayOutputStream();
    PlainFields.write(height, 1, header.number(3));
    leaves.add(Bytes.wrap(height.toByteArray()));
    leaves.add(header.content(4));
    leaves.add(header.content(5));
    for (int field = 6; field <= 14; field++) {
      leaves.add(PlainFields.wrapped(header.content(field)));
    }
    return PlainTree.of(leaves).root();
  }
}
