package dev.quorate.simulator.observe;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.Condition;
import dev.quorate.replica.ReplicaStatus;
import dev.quorate.replica.Submission;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Something that happened in a simulated world, told in the order in which it happened.
 *
 * <p>An {@code incarnation} counts the starts of a node's process, from 1.
 */
public sealed interface Observation {
  /** The world's time, which no node's clock shows exactly. */
  Instant at();

  /** Something that happened at one node. */
  sealed interface OfNode extends Observation {
    ValidatorId node();
  }

  /** An engine has made a step; none of its effects is carried out yet. */
  record Stepped(
      Instant at,
      ValidatorId node,
      int incarnation,
      Event<?> event,
      List<? extends Effect<?>> effects)
      implements OfNode {}

  /** A node's key has signed something, which has not left yet. */
  record Signed(Instant at, ValidatorId node, int incarnation, Bytes signBytes, Signature signature)
      implements OfNode {}

  /** Something became durable: it is told when the disk says so, which a lying disk does early. */
  record Wrote(Instant at, ValidatorId node, int incarnation, Written what) implements OfNode {}

  /** A frame left for another node; what the net does with it comes after. */
  record Sent(Instant at, ValidatorId node, int incarnation, ValidatorId to, Bytes frame)
      implements OfNode {}

  /** A frame reached a node that is up. */
  record Arrived(Instant at, ValidatorId node, int incarnation, ValidatorId from, Bytes frame)
      implements OfNode {}

  /** The finality listener was told of a block. */
  record Delivered(Instant at, ValidatorId node, int incarnation, LedgerBlock block, Commit commit)
      implements OfNode {}

  /** A turn of a replica is over. */
  record Turned(Instant at, ValidatorId node, int incarnation, ReplicaStatus status)
      implements OfNode {}

  /** A client handed a transaction to a node. */
  record Submitted(Instant at, ValidatorId node, Transaction transaction) implements OfNode {}

  /** A client learned from a node what became of a transaction. */
  record Answered(Instant at, ValidatorId node, Transaction transaction, Submission answer)
      implements OfNode {}

  /** A process began, from what is on its disk; its first turn comes. */
  record Started(Instant at, ValidatorId node, int incarnation, ReplicaStatus status)
      implements OfNode {}

  /** A process is gone, the disk stays as {@code how} says. */
  record Crashed(Instant at, ValidatorId node, int incarnation, CrashKind how) implements OfNode {}

  /** A replica ended by itself. */
  record Ended(Instant at, ValidatorId node, int incarnation, Condition condition)
      implements OfNode {}

  /** From now on links among these nodes are timely, and they stay up: GST for a core. */
  record Healed(Instant at, Set<ValidatorId> core) implements Observation {
    public Healed {
      core = Collections.unmodifiableSet(new LinkedHashSet<>(core));
    }
  }

  /**
   * The run is over.
   *
   * @param calm whether at the end the world was quiet long enough for everybody to be at the tip
   */
  record Finished(Instant at, boolean calm) implements Observation {}
}
