package dev.quorate.ledger.store;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.evidence.CommittedEvidence;
import dev.quorate.ledger.evidence.EvidencePlace;
import dev.quorate.ledger.evidence.EvidenceReader;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The evidence of a store on disk. What waits for a block is also in memory, for it is asked for at
 * every block that is built.
 */
final class LmdbEvidence implements EvidenceReader {
  /** Oldest votes first; of one height in order of the offences' ids. */
  static final Comparator<DuplicateVoteEvidence> ORDER =
      Comparator.comparing(DuplicateVoteEvidence::height).thenComparing(it -> it.offence().id());

  private final EvidenceTables tables;
  private final Supplier<Height> tip;
  private volatile List<DuplicateVoteEvidence> pending;

  /**
   * What the tables hold.
   *
   * @param tip the height up to which the chain is visible
   */
  LmdbEvidence(EvidenceTables tables, Supplier<Height> tip) {
    this.tables = tables;
    this.tip = tip;
    this.pending = tables.pending().stream().sorted(ORDER).toList();
  }

  /** Whether a batch may have changed what waits for a block. */
  boolean isChangedBy(StoreBatch batch) {
    return batch.changes().stream()
        .anyMatch(
            change ->
                switch (change) {
                  case StoreBatch.Change.Accuse _ -> true;
                  case StoreBatch.Change.Append _ -> !pending.isEmpty();
                  case StoreBatch.Change.Keep _ -> false;
                });
  }

  /** Reads again what waits for a block. */
  void refresh() {
    pending = tables.pending().stream().sorted(ORDER).toList();
  }

  @Override
  public Optional<EvidencePlace> locate(Hash offence) {
    return tables.locate(offence).filter(this::isVisible);
  }

  @Override
  public List<CommittedEvidence> committed(EvidencePlace from, int limit) {
    return tables.committed(from, limit).stream().filter(it -> isVisible(it.place())).toList();
  }

  @Override
  public List<DuplicateVoteEvidence> pending() {
    return pending;
  }

  private boolean isVisible(EvidencePlace place) {
    return !place.height().isAbove(tip.get());
  }
}
