package dev.quorate.ledger.store;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.evidence.CommittedEvidence;
import dev.quorate.ledger.evidence.EvidenceLimits;
import dev.quorate.ledger.evidence.EvidencePlace;
import dev.quorate.ledger.evidence.EvidenceReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The evidence of a store without a disk. */
final class InMemoryEvidence implements EvidenceReader {
  private final Map<Hash, EvidencePlace> places = new HashMap<>();
  private final TreeMap<EvidencePlace, DuplicateVoteEvidence> committed = new TreeMap<>();
  private final Map<Hash, DuplicateVoteEvidence> pending = new HashMap<>();

  synchronized InMemoryEvidence copy() {
    var copy = new InMemoryEvidence();
    copy.places.putAll(places);
    copy.committed.putAll(committed);
    copy.pending.putAll(pending);
    return copy;
  }

  synchronized void keep(DuplicateVoteEvidence evidence) {
    var offence = evidence.offence().id();
    if (!places.containsKey(offence) && pending.size() < EvidenceLimits.MAX_PENDING) {
      pending.putIfAbsent(offence, evidence);
    }
  }

  synchronized void append(LedgerBlock block) {
    int index = 0;
    for (var piece : block.readEvidence().orElse(List.of())) {
      var offence = piece.offence().id();
      var place = new EvidencePlace(block.height(), index++);
      places.put(offence, place);
      committed.put(place, piece);
      pending.remove(offence);
    }
    var next = block.height().next();
    pending.values().removeIf(it -> EvidenceLimits.isTooOld(it.height(), next));
  }

  @Override
  public synchronized Optional<EvidencePlace> locate(Hash offence) {
    return Optional.ofNullable(places.get(offence));
  }

  @Override
  public synchronized List<CommittedEvidence> committed(EvidencePlace from, int limit) {
    return committed.tailMap(from, true).entrySet().stream()
        .limit(limit)
        .map(it -> new CommittedEvidence(it.getKey(), it.getValue()))
        .toList();
  }

  @Override
  public synchronized List<DuplicateVoteEvidence> pending() {
    return pending.values().stream().sorted(LmdbEvidence.ORDER).toList();
  }
}
