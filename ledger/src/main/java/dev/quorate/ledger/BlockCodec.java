package dev.quorate.ledger;

import dev.quorate.crypto.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block as protobuf: {@code Block{1 header, 2 data{1 repeated bytes}, 3 evidence, 4
 * last_commit}}, all four always written.
 *
 * <p>The framing is read by hand over the buffer that came in, so that transactions are slices of
 * it, and strictly: each field once and in order, lengths in their shortest form, nothing behind
 * the last one. Header and commit are small; they are decoded by the generated classes and must
 * equal their encoding. So what decodes is canonical.
 */
final class BlockCodec {
  private static final int HEADER = 0x0a;
  private static final int DATA = 0x12;
  private static final int EVIDENCE = 0x1a;
  private static final int LAST_COMMIT = 0x22;
  private static final int ELEMENT = 0x0a;

  private BlockCodec() {}

  record Decoded(Header header, LedgerBlock.Contents contents) {}

  static Bytes encode(Header header, LedgerBlock.Contents contents) {
    var headerBytes = Bytes.wrap(HeaderCodec.toProto(header).toByteArray());
    var commitBytes = contents.lastCommit().encode();
    long data = 0;
    for (var transaction : contents.transactions()) {
      data += Wire.fieldSize(transaction.bytes().length());
    }
    long evidence = 0;
    for (var piece : contents.evidence()) {
      evidence += Wire.fieldSize(evidenceSize(piece));
    }
    long size =
        Wire.fieldSize(headerBytes.length())
            + Wire.fieldSize(data)
            + Wire.fieldSize(evidence)
            + Wire.fieldSize(commitBytes.length());

    var target = new byte[Math.toIntExact(size)];
    int at = Wire.putField(target, 0, HEADER, headerBytes);
    at = Wire.putFieldStart(target, at, DATA, (int) data);
    for (var transaction : contents.transactions()) {
      at = Wire.putField(target, at, ELEMENT, transaction.bytes());
    }
    at = Wire.putFieldStart(target, at, EVIDENCE, (int) evidence);
    for (var piece : contents.evidence()) {
      at = Wire.putFieldStart(target, at, ELEMENT, (int) evidenceSize(piece));
      at = Wire.putField(target, at, ELEMENT, piece);
    }
    at = Wire.putField(target, at, LAST_COMMIT, commitBytes);
    if (at != size) {
      throw new IllegalStateException("wrote " + at + " bytes where " + size + " were expected");
    }
    return Bytes.wrap(target);
  }

  static Optional<Decoded> decode(Bytes encoded) {
    try {
      var cursor = new Wire.Cursor(encoded);
      var header = HeaderCodec.decode(cursor.field(HEADER));
      if (header.isEmpty()) {
        return Optional.empty();
      }
      var transactions = transactions(cursor.field(DATA));
      var evidence = evidence(cursor.field(EVIDENCE));
      var lastCommit = Commit.decode(cursor.field(LAST_COMMIT));
      if (lastCommit.isEmpty() || !cursor.atEnd()) {
        return Optional.empty();
      }
      var contents = new LedgerBlock.Contents(transactions, evidence, lastCommit.get());
      return Optional.of(new Decoded(header.get(), contents));
    } catch (Wire.Malformed malformed) {
      return Optional.empty();
    }
  }

  private static List<Transaction> transactions(Bytes data) throws Wire.Malformed {
    var elements = elements(data, Limits.MAX_BLOCK_TRANSACTIONS);
    var transactions = new ArrayList<Transaction>(elements.size());
    for (var element : elements) {
      transactions.add(Transaction.of(element));
    }
    return transactions;
  }

  /** Of the union of kinds of evidence there is one: field 1, a duplicate vote. */
  private static List<Bytes> evidence(Bytes list) throws Wire.Malformed {
    var pieces = new ArrayList<Bytes>();
    for (var element : elements(list, LedgerBlock.MAX_EVIDENCE)) {
      var union = new Wire.Cursor(element);
      pieces.add(union.field(ELEMENT));
      if (!union.atEnd()) {
        throw new Wire.Malformed();
      }
    }
    return pieces;
  }

  private static List<Bytes> elements(Bytes list, int max) throws Wire.Malformed {
    var cursor = new Wire.Cursor(list);
    var elements = new ArrayList<Bytes>();
    while (!cursor.atEnd()) {
      if (elements.size() == max) {
        throw new Wire.Malformed();
      }
      elements.add(cursor.field(ELEMENT));
    }
    return elements;
  }

  private static long evidenceSize(Bytes piece) {
    return Wire.fieldSize(piece.length());
  }
}
