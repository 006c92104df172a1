package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything an engine can ask for. The type says on which side of the disk an effect stands: the
 * durable ones are on disk before any visible one is seen by anybody.
 */
public sealed interface Effect<M extends Message<M>> {

  /** To be on disk first ... */
  sealed interface Durable<M extends Message<M>> extends Effect<M> {}

  /** ... and then seen. */
  sealed interface Visible<M extends Message<M>> extends Effect<M> {}

  /** Remember this engine state; it replaces the one saved before. */
  record Persist<M extends Message<M>>(DurableState state) implements Durable<M> {}

  /** Keep the body of an undelivered block. Storing one twice is harmless. */
  record Store<M extends Message<M>>(Block block) implements Durable<M> {}

  /** The block is final: append it with its commit certificate. In order of height, no gaps. */
  record Commit<M extends Message<M>>(Block block, Certificate certificate) implements Durable<M> {}

  /**
   * Sign what is unsigned in the message, send it to every other validator, and give it back to
   * this engine as {@link Event.Received}: own votes come in by the same door as everybody's.
   */
  record Broadcast<M extends Message<M>>(M message) implements Visible<M> {}

  /** Sign what is unsigned in the message and send it to one other validator. */
  record Send<M extends Message<M>>(ValidatorId to, M message) implements Visible<M> {}

  /** Fire {@link Event.TimerFired} after the delay; an equal timer that runs is started anew. */
  record StartTimer<M extends Message<M>>(Timer timer, Duration delay) implements Visible<M> {}

  record CancelTimer<M extends Message<M>>(Timer timer) implements Visible<M> {}

  /**
   * Build a block on a parent that is checked here, delivered or not; answered by {@link
   * Event.BlockBuilt} with the same ticket. A newer request makes an older ticket stale.
   *
   * <p>The block's time is the local clock's, or a millisecond after its parent's where the clock
   * is not past that.
   *
   * @param lastCommit what a block carries as the commit of its parent, where the engine's {@link
   *     BlockShape} says that one is carried; empty else, and on the parent of the first block. It
   *     is the fullest commit that the engine holds at this moment: to the one that was stored with
   *     the parent, precommits were added that came later, of the same round and block id. They are
   *     added until a block of this height is decided; from then on the commit that this block
   *     carries is the commit of its parent, for everybody.
   * @param ifEmpty what to do when no transaction can be put into the block
   */
  record BuildBlock<M extends Message<M>>(
      long ticket, BlockId parent, Height height, Optional<Certificate> lastCommit, IfEmpty ifEmpty)
      implements Visible<M> {}

  /** What a builder does that finds nothing to put into a block. */
  enum IfEmpty {
    /** It answers with no block. */
    DECLINE,
    /** It builds the block without a transaction: the height has to come to a decision. */
    BUILD
  }

  /**
   * Judge a block whose parent is checked here; answered by {@link Event.BlockChecked}. The verdict
   * is a pure function of the block and its ancestors: no clock is looked at.
   */
  record CheckBlock<M extends Message<M>>(Block block) implements Visible<M> {}

  /** Ask peers for the body of an undelivered block; the hint names one that should have it. */
  record FetchBlock<M extends Message<M>>(BlockId id, Height height, ValidatorId hint)
      implements Visible<M> {}

  /** Ask a peer for its final blocks with their commits, from a height up to a height. */
  record FetchCommitted<M extends Message<M>>(ValidatorId peer, Height from, Height to)
      implements Visible<M> {}

  /** Two signed votes of one validator that no correct validator makes. */
  record Accuse<M extends Message<M>>(SignedVote first, SignedVote second) implements Visible<M> {}

  /** A peer's message that a rule refused: counted by reason, nothing else. */
  record Ignored<M extends Message<M>>(ValidatorId from, String reason) implements Visible<M> {}

  /** Going on would be unsafe: the replica stops and says why. */
  record Halt<M extends Message<M>>(String reason) implements Visible<M> {}
}
