package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The blocks of the current height whose bodies are here, and those that certificates name and that
 * must be fetched.
 */
final class Candidates {
  /** When there are more, those that nothing needs any more are forgotten. */
  static final int KEPT = 8;

  private final Outbox out;
  private final ValidatorId self;
  private final Map<BlockId, Candidate> bodies = new LinkedHashMap<>();
  private final Map<BlockId, Long> wanted = new HashMap<>();
  private Restored.Tip tip;
  private boolean anyStored;

  Candidates(Outbox out, ValidatorId self, Restored.Tip tip) {
    this.out = out;
    this.self = self;
    this.tip = tip;
  }

  Optional<Candidate> find(BlockId id) {
    return Optional.ofNullable(bodies.get(id));
  }

  /** Keeps a block and has it judged; one that is here already is not judged again. */
  Candidate keep(Block block) {
    var known = bodies.get(block.id());
    if (known != null) {
      return known;
    }
    var candidate = new Candidate(block);
    bodies.put(block.id(), candidate);
    wanted.remove(block.id());
    if (!block.height().equals(tip.height().next()) || !block.parent().equals(tip.id())) {
      candidate.invalid("it does not follow the last decided block");
    } else {
      out.add(new Effect.CheckBlock<>(block));
    }
    return candidate;
  }

  /** Keeps a block that was built here, on the last decided one. */
  Candidate keepOwn(Block block) {
    var candidate = bodies.computeIfAbsent(block.id(), id -> new Candidate(block));
    candidate.valid();
    return candidate;
  }

  /** Keeps a block that was on disk at the start; it is judged when it is kept again. */
  void keepStored(Block block) {
    keep(block).stored();
    anyStored = true;
  }

  void onChecked(BlockId id, Verdict verdict) {
    var candidate = bodies.get(id);
    if (candidate != null) {
      switch (verdict) {
        case Verdict.Valid() -> candidate.valid();
        case Verdict.Invalid(var reason) -> candidate.invalid(reason);
      }
    }
  }

  /** A body has come; one that nobody asked for is not taken. */
  void onArrived(Block block) {
    if (wanted.containsKey(block.id())) {
      keep(block);
    }
  }

  /** Asks for a body that a quorum voted for; again in a later beat. */
  void fetch(Certificate because, long beat) {
    var asked = wanted.put(because.blockId(), beat);
    if (asked == null || asked != beat) {
      var hint =
          because.signers().stream()
              .map(Certificate.Signer::validator)
              .filter(signer -> !signer.equals(self))
              .findFirst()
              .orElse(self);
      out.add(new Effect.FetchBlock<>(because.blockId(), because.height(), hint));
    }
  }

  /** On disk in the write that carries the promise which rests on it. */
  void store(Candidate candidate) {
    if (!candidate.isStored()) {
      candidate.stored();
      anyStored = true;
      out.add(new Effect.Store<>(candidate.block()));
    }
  }

  /** Forgets bodies that nothing needs, once there are many. */
  void prune(Set<BlockId> needed) {
    if (bodies.size() > KEPT) {
      bodies.keySet().retainAll(needed);
    }
    wanted.keySet().retainAll(needed);
  }

  /** A block is decided: the next height has no bodies yet. */
  void decided(Restored.Tip decided) {
    tip = decided;
    anyStored = false;
    bodies.clear();
    wanted.clear();
  }

  /**
   * Whether a body is on disk, also one that was forgotten here since: one that this validator has
   * proposed or voted for.
   */
  boolean anyStored() {
    return anyStored;
  }
}
