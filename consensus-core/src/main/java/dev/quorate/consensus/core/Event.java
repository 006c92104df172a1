package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import java.time.Instant;
import java.util.Optional;

/** Everything that can happen to an engine: there is no other way in. */
public sealed interface Event<M extends Message<M>> {

  /** The replica runs: the engine may start timers and repeat what it last said. Comes first. */
  record Started<M extends Message<M>>() implements Event<M> {}

  /**
   * A verified message, a peer's or an own one.
   *
   * @param receivedAt the local time at which the ingress took it from the wire
   */
  record Received<M extends Message<M>>(Signed<M> message, Instant receivedAt)
      implements Event<M> {}

  /** A timer that was started and not cancelled since is over. */
  record TimerFired<M extends Message<M>>(Timer timer) implements Event<M> {}

  /**
   * The answer to {@link Effect.BuildBlock}; empty when there was nothing to put into a block and
   * an empty one was not asked for.
   */
  record BlockBuilt<M extends Message<M>>(long ticket, Optional<Block> block) implements Event<M> {}

  /** The answer to {@link Effect.CheckBlock}. */
  record BlockChecked<M extends Message<M>>(BlockId id, Verdict verdict) implements Event<M> {}

  /** A block that {@link Effect.FetchBlock} asked for. Its id was recomputed from its bytes. */
  record BlockArrived<M extends Message<M>>(Block block) implements Event<M> {}

  /**
   * A final block from a peer's chain, in order of height, with a commit certificate that an
   * independent verifier accepted and a body that passed the checks against its parent.
   */
  record Synced<M extends Message<M>>(Block block, Certificate commit) implements Event<M> {}

  /** A peer can be reached (again): what it missed may be repeated. */
  record PeerConnected<M extends Message<M>>(ValidatorId peer) implements Event<M> {}

  /** The sign guard refused a signature: a bug, or a second signer with our key. */
  record SignRefused<M extends Message<M>>(SignPosition position, String reason)
      implements Event<M> {}

  /** What the pool of transactions holds changed. */
  record WorkPending<M extends Message<M>>(Work work) implements Event<M> {}
}
