package dev.quorate.replica.evidence;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.DuplicateVote;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Offence;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Ancestors;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.evidence.EvidenceLimits;
import dev.quorate.ledger.evidence.EvidenceVerifier;
import dev.quorate.replica.Count;
import dev.quorate.replica.Counts;
import dev.quorate.replica.blocks.EvidenceSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conflicting votes on their way into a block.
 *
 * <p>A pair that the engine found waits until its height is final here, for only then the header's
 * time is known. It becomes evidence, is proven by the same verifier as everybody's, is <em>saved
 * before it is passed on</em>, and then waits for a block: at most {@link #maxAgainstOne} pieces
 * against one validator, so that whoever makes them by the thousand crowds nobody else's out. The
 * replica's thread only, but for the {@link #door()}.
 */
public final class EvidencePool implements EvidenceSource {
  /** Pairs that wait for their height; of more, none is taken. */
  public static final int MAX_WAITING = 256;

  private static final Logger LOG = LoggerFactory.getLogger(EvidencePool.class);

  private final ValidatorId self;
  private final ChainReader chain;
  private final ValidatorSet validators;
  private final EvidenceVerifier verifier;
  private final Counts counts;
  private final EvidenceGossip gossip;
  private final AtomicReference<Held> held = new AtomicReference<>(Held.NOTHING);
  private final Map<Hash, DuplicateVote> waiting = new LinkedHashMap<>();
  private final Map<Hash, DuplicateVoteEvidence> unsaved = new LinkedHashMap<>();
  private final Map<Hash, DuplicateVoteEvidence> pending = new LinkedHashMap<>();

  /** What the chain's store kept waits for a block. */
  public EvidencePool(
      ValidatorId self,
      ChainReader chain,
      ValidatorSet validators,
      EvidenceVerifier verifier,
      EvidenceGossip gossip,
      Counts counts) {
    this.self = self;
    this.chain = chain;
    this.validators = validators;
    this.verifier = verifier;
    this.gossip = gossip;
    this.counts = counts;
    for (var piece : chain.evidence().pending()) {
      pending.put(piece.offence().id(), piece);
    }
    publish();
  }

  /** The way in for what peers send. */
  public EvidenceDoor door() {
    return new EvidenceDoor(chain, verifier, held, counts);
  }

  /** The engine found two votes that it takes for conflicting ones. */
  public void accused(SignedVote one, SignedVote other) {
    var pair = DuplicateVote.of(one, other).filter(it -> validators.contains(it.validator()));
    if (pair.isEmpty()) {
      counts.add(Count.EVIDENCE_INVALID);
    } else if (isKnown(pair.get().offence()) || waiting.containsKey(pair.get().offence().id())) {
      counts.add(Count.EVIDENCE_REPEATED);
    } else if (isFinal(pair.get().height())) {
      prove(pair.get());
    } else if (waitingAgainst(pair.get().validator()) < share(MAX_WAITING)) {
      waiting.put(pair.get().offence().id(), pair.get());
    } else {
      counts.add(Count.EVIDENCE_REFUSED);
    }
  }

  /** Proven evidence of a peer. */
  public void arrived(List<DuplicateVoteEvidence> pieces) {
    pieces.forEach(this::take);
  }

  /** Whether there is something to save. */
  public boolean hasUnsaved() {
    return !unsaved.isEmpty();
  }

  /** What is to be saved, and then {@link #saved}. */
  public List<DuplicateVoteEvidence> unsaved() {
    return unsaved.isEmpty() ? List.of() : List.copyOf(unsaved.values());
  }

  /** All that was to be saved is on disk: it is passed on and waits for a block. */
  public void saved() {
    if (unsaved.isEmpty()) {
      return;
    }
    var pieces = List.copyOf(unsaved.values());
    pending.putAll(unsaved);
    unsaved.clear();
    publish();
    counts.add(Count.EVIDENCE_KEPT, pieces.size());
    pieces.forEach(this::report);
    gossip.broadcast(pieces);
  }

  /** A block is final and on disk: its evidence waits no more, and its height's pairs do not. */
  public void delivered(LedgerBlock block) {
    boolean changed = false;
    for (var piece : block.readEvidence().orElse(List.of())) {
      var offence = piece.offence().id();
      waiting.remove(offence);
      unsaved.remove(offence);
      changed |= pending.remove(offence) != null;
      counts.add(Count.EVIDENCE_COMMITTED);
    }
    var next = block.height().next();
    changed |= pending.values().removeIf(it -> EvidenceLimits.isTooOld(it.height(), next));
    if (changed) {
      publish();
    }
    gossip.delivered();
    if (!waiting.isEmpty()) {
      var ripe = waiting.values().stream().filter(it -> isFinal(it.height())).toList();
      ripe.forEach(it -> waiting.remove(it.offence().id()));
      ripe.forEach(this::prove);
    }
  }

  /** A peer can be reached (again): it is told what waits. */
  public void connected(ValidatorId peer) {
    gossip.tell(peer, pending.values());
  }

  /** Says again what waits for long, once blocks are made. */
  public void endOfTurn(Instant now) {
    gossip.endOfTurn(pending.values(), now);
  }

  /** The oldest that is not in an ancestor, as much as fits. */
  @Override
  public List<DuplicateVoteEvidence> pick(Ancestors ancestors, Height block, long room) {
    var picked = new ArrayList<DuplicateVoteEvidence>();
    long left = room;
    for (var entry : pending.entrySet()) {
      var piece = entry.getValue();
      if (!block.isAbove(piece.height())
          || EvidenceLimits.isTooOld(piece.height(), block)
          || ancestors.holdOffence(entry.getKey())) {
        continue;
      }
      left -= LedgerBlock.evidenceSizeInBlock(piece.encode().length());
      if (left < 0 || picked.size() == LedgerBlock.MAX_EVIDENCE) {
        break;
      }
      picked.add(piece);
    }
    return picked;
  }

  /** How many pieces against one validator wait at most: its share of all. */
  public int maxAgainstOne() {
    return share(EvidenceLimits.MAX_PENDING);
  }

  /** The engine is not believed: the pair is proven like everybody's. */
  private void prove(DuplicateVote pair) {
    var time = chain.header(pair.height()).orElseThrow().time();
    var piece = DuplicateVoteEvidence.of(pair, validators, time);
    switch (verifier.verify(piece, time)) {
      case EvidenceVerifier.Result.Proven() -> take(piece);
      case EvidenceVerifier.Result.Refused(var reason) -> {
        counts.add(Count.EVIDENCE_INVALID);
        LOG.atError()
            .addKeyValue("validator", pair.validator().abbreviated())
            .addKeyValue("height", pair.height())
            .addKeyValue("reason", reason)
            .log("an accusation of our own engine proves nothing");
      }
    }
  }

  private void take(DuplicateVoteEvidence piece) {
    if (isKnown(piece.offence())) {
      counts.add(Count.EVIDENCE_REPEATED);
    } else if (isFull(piece.validator())) {
      counts.add(Count.EVIDENCE_REFUSED);
    } else {
      waiting.remove(piece.offence().id());
      unsaved.put(piece.offence().id(), piece);
    }
  }

  private void report(DuplicateVoteEvidence piece) {
    boolean ours = piece.validator().equals(self);
    (ours ? LOG.atError() : LOG.atWarn())
        .addKeyValue("validator", piece.validator().abbreviated())
        .addKeyValue("height", piece.height())
        .addKeyValue("round", piece.offence().round())
        .log(
            ours
                ? "proof that our own key voted twice: somebody else signs with it"
                : "a validator voted twice: proven, and kept for a block");
  }

  private boolean isKnown(Offence offence) {
    var id = offence.id();
    return pending.containsKey(id)
        || unsaved.containsKey(id)
        || chain.evidence().locate(id).isPresent();
  }

  private boolean isFinal(Height height) {
    return chain.header(height).isPresent();
  }

  private boolean isFull(ValidatorId validator) {
    long against =
        pending.values().stream().filter(it -> it.validator().equals(validator)).count()
            + unsaved.values().stream().filter(it -> it.validator().equals(validator)).count();
    return against >= maxAgainstOne()
        || pending.size() + unsaved.size() >= EvidenceLimits.MAX_PENDING;
  }

  private long waitingAgainst(ValidatorId validator) {
    return waiting.values().stream().filter(it -> it.validator().equals(validator)).count();
  }

  private int share(int max) {
    return Math.max(1, max / validators.size());
  }

  private void publish() {
    var against = new HashMap<ValidatorId, Integer>();
    pending.values().forEach(it -> against.merge(it.validator(), 1, Integer::sum));
    var full = new HashSet<ValidatorId>();
    against.forEach(
        (validator, pieces) -> {
          if (pieces >= maxAgainstOne()) {
            full.add(validator);
          }
        });
    held.set(new Held(pending.keySet(), full));
  }
}
