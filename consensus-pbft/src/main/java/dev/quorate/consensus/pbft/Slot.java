package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.View;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything known of one undelivered height. */
final class Slot {
  /**
   * Bodies at one height that make it full: the proposals of views that came to nothing. What
   * certificates name comes on top; more than one such block is possible only across views.
   */
  static final int CANDIDATES_KEPT = 4;

  private final Height height;
  private final VoteBook prepares;
  private final VoteBook commits;
  private final long openedAt;
  private final Map<BlockId, Candidate> candidates = new LinkedHashMap<>();
  private final Map<BlockId, Long> wanted = new LinkedHashMap<>();
  private @Nullable PrePrepare proposal;
  private @Nullable Early later;
  private @Nullable Certificate prepared;
  private @Nullable Certificate commitCertificate;

  /** A proposal of a view that this replica is not in yet. */
  record Early(PrePrepare message, Instant receivedAt) {}

  /**
   * An empty slot.
   *
   * @param beat the heartbeat at which it was opened: what is younger than a beat is still on its
   *     way to others and not repeated for them
   */
  Slot(Height height, ValidatorSet validators, long beat) {
    this.height = height;
    this.prepares = new VoteBook(VoteType.PREPARE, height, validators);
    this.commits = new VoteBook(VoteType.COMMIT, height, validators);
    this.openedAt = beat;
  }

  Height height() {
    return height;
  }

  VoteBook prepares() {
    return prepares;
  }

  VoteBook commits() {
    return commits;
  }

  long openedAt() {
    return openedAt;
  }

  /** The first proposal of the current view. */
  Optional<PrePrepare> proposal() {
    return Optional.ofNullable(proposal);
  }

  void propose(PrePrepare first) {
    proposal = first;
  }

  /**
   * Keeps a proposal of a view that may come: of two, the one of the nearer view, so that no
   * primary of a far one can push the next one's out.
   *
   * @param lowest the lowest view that may still come
   */
  void keepForLater(PrePrepare message, Instant receivedAt, View lowest) {
    if (later == null
        || lowest.isAbove(later.message().view())
        || later.message().view().isAbove(message.view())) {
      later = new Early(message, receivedAt);
    }
  }

  /** The proposal that was kept for the current view, once. */
  Optional<Early> takeKept(View view) {
    var kept = later;
    if (kept == null || kept.message().view().isAbove(view)) {
      return Optional.empty();
    }
    later = null;
    return Optional.of(kept).filter(it -> it.message().view().equals(view));
  }

  /** A new view begins: there is no proposal yet. When it is full, only what is needed stays. */
  void enter(Set<BlockId> needed) {
    proposal = null;
    wanted.clear();
    if (candidates.size() >= CANDIDATES_KEPT) {
      candidates.keySet().removeIf(id -> !needed.contains(id) && !isCertified(id));
    }
  }

  Optional<Candidate> candidate(BlockId id) {
    return Optional.ofNullable(candidates.get(id));
  }

  Iterable<Candidate> candidates() {
    return candidates.values();
  }

  /** The candidate with this block; a new one when it is not known and there is room. */
  Optional<Candidate> keep(Block block) {
    return candidates.containsKey(block.id()) || candidates.size() < CANDIDATES_KEPT
        ? Optional.of(keepWanted(block))
        : Optional.empty();
  }

  /** The same for a body that certificates, or own promises, name: there is always room for it. */
  Candidate keepWanted(Block block) {
    wanted.remove(block.id());
    return candidates.computeIfAbsent(block.id(), id -> new Candidate(block));
  }

  /** Asks for a body; true when the request is new or was last made in an earlier beat. */
  boolean want(BlockId id, long beat) {
    var asked = wanted.put(id, beat);
    return asked == null || asked != beat;
  }

  /** Whether one more body that no certificate names would be kept. */
  boolean hasRoom() {
    return candidates.size() + wanted.size() < CANDIDATES_KEPT;
  }

  boolean isWanted(BlockId id) {
    return wanted.containsKey(id);
  }

  /** The prepared certificate of the highest view, from votes or from a peer. */
  Optional<Certificate> prepared() {
    prepares
        .highestQuorum()
        .filter(ballot -> prepared == null || ballot.round().compareTo(prepared.round()) > 0)
        .ifPresent(ballot -> prepared = prepares.certificate(ballot));
    return Optional.ofNullable(prepared);
  }

  /** The same, if it is of this view. */
  Optional<Certificate> preparedCertificate(View view) {
    return prepared().filter(held -> View.of(held.round()).equals(view));
  }

  private boolean isCertified(BlockId id) {
    return Stream.concat(prepared().stream(), commitCertificate().stream())
        .anyMatch(held -> held.blockId().equals(id));
  }

  /** Takes a peer's certificate over unless one of an equal or higher view is here. */
  void preparedBy(Certificate certificate) {
    if (prepared == null || certificate.round().compareTo(prepared.round()) > 0) {
      prepared = certificate;
    }
  }

  /** The commit certificate of this height, from votes or from a peer. */
  Optional<Certificate> commitCertificate() {
    if (commitCertificate == null) {
      commits.quorum().ifPresent(ballot -> commitCertificate = commits.certificate(ballot));
    }
    return Optional.ofNullable(commitCertificate);
  }

  void committedBy(Certificate certificate) {
    if (commitCertificate == null) {
      commitCertificate = certificate;
    }
  }
}
