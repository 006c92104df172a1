package dev.quorate.ledger.store;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.evidence.CommittedEvidence;
import dev.quorate.ledger.evidence.EvidenceLimits;
import dev.quorate.ledger.evidence.EvidencePlace;
import dev.quorate.ledger.store.lmdb.LmdbEnvironment;
import dev.quorate.ledger.store.lmdb.Records;
import dev.quorate.ledger.store.lmdb.Table;
import dev.quorate.ledger.store.lmdb.WriteTransaction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables of evidence as values of the ledger. What is written goes with the block, or the
 * batch, that it belongs to, in one transaction.
 */
final class EvidenceTables {
  private static final int PLACE = Long.BYTES + Integer.BYTES;

  /** Not above any key, and not empty, which LMDB does not look for. */
  private static final Bytes FIRST_KEY = Bytes.wrap(new byte[1]);

  private final LmdbEnvironment env;

  EvidenceTables(LmdbEnvironment env) {
    this.env = env;
  }

  Optional<EvidencePlace> locate(Hash offence) {
    return env.read(view -> view.get(Table.OFFENCES, offence.bytes()))
        .map(it -> place(Table.OFFENCES, offence.bytes(), it));
  }

  /** From a place on, at most so many pieces. */
  List<CommittedEvidence> committed(EvidencePlace from, int limit) {
    return scan(Table.EVIDENCE, key(from), limit).stream()
        .map(
            it ->
                new CommittedEvidence(
                    place(Table.EVIDENCE, it.key(), it.key()), piece(Table.EVIDENCE, it)))
        .toList();
  }

  /** In order of the offences' ids. */
  List<DuplicateVoteEvidence> pending() {
    return scan(Table.PENDING, FIRST_KEY, EvidenceLimits.MAX_PENDING).stream()
        .map(it -> piece(Table.PENDING, it))
        .toList();
  }

  long offences() {
    return env.read(view -> view.entries(Table.OFFENCES));
  }

  void keep(WriteTransaction changes, DuplicateVoteEvidence evidence) {
    var offence = evidence.offence().id().bytes();
    var view = changes.view();
    if (!view.has(Table.OFFENCES, offence)
        && !view.has(Table.PENDING, offence)
        && view.entries(Table.PENDING) < EvidenceLimits.MAX_PENDING) {
      changes.put(Table.PENDING, offence, evidence.encode());
    }
  }

  /**
   * What the block holds is in the chain now, and what is too old for the next one is forgotten.
   */
  void append(WriteTransaction changes, LedgerBlock block) {
    int index = 0;
    for (var piece : block.readEvidence().orElse(List.of())) {
      var offence = piece.offence().id().bytes();
      var place = key(new EvidencePlace(block.height(), index++));
      changes.put(Table.OFFENCES, offence, place);
      changes.put(Table.EVIDENCE, place, piece.encode());
      changes.delete(Table.PENDING, offence);
    }
    if (changes.view().entries(Table.PENDING) > 0) {
      forgetOld(changes, block.height().next());
    }
  }

  private static void forgetOld(WriteTransaction changes, Height next) {
    List<Bytes> old = new ArrayList<>();
    changes
        .view()
        .scan(
            Table.PENDING,
            FIRST_KEY,
            (key, record) -> {
              var piece =
                  piece(Table.PENDING, new Row(key, Records.read(Table.PENDING, key, record)));
              if (EvidenceLimits.isTooOld(piece.height(), next)) {
                old.add(key);
              }
              return true;
            });
    old.forEach(key -> changes.delete(Table.PENDING, key));
  }

  /** A record as it was read. */
  private record Row(Bytes key, Bytes payload) {}

  private List<Row> scan(Table table, Bytes from, int limit) {
    List<Row> rows = new ArrayList<>();
    if (limit > 0) {
      env.read(
          view -> {
            view.scan(
                table,
                from,
                (key, record) -> {
                  rows.add(new Row(key, Records.read(table, key, record)));
                  return rows.size() < limit;
                });
            return rows;
          });
    }
    return rows;
  }

  private static Bytes key(EvidencePlace place) {
    var key = ByteBuffer.allocate(PLACE).putLong(place.height().value()).putInt(place.index());
    return Bytes.wrap(key.array());
  }

  private static EvidencePlace place(Table table, Bytes key, Bytes payload) {
    if (payload.length() != PLACE) {
      throw Records.damaged(table, key, "it names no place");
    }
    var buffer = payload.asBuffer();
    return new EvidencePlace(new Height(buffer.getLong()), buffer.getInt());
  }

  private static DuplicateVoteEvidence piece(Table table, Row row) {
    return DuplicateVoteEvidence.decode(row.payload())
        .orElseThrow(() -> Records.damaged(table, row.key(), "it is no evidence"));
  }
}
