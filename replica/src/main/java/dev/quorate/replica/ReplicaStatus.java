package dev.quorate.replica;

import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.replica.listen.Voice;
import java.time.Instant;
import java.util.List;

/**
 * Where a replica stands: a snapshot taken at the end of a turn.
 *
 * @param tip the height of the last final block; before the first one, the height before it
 * @param tipTime the time in that block's header
 * @param pool what is in the pool
 * @param poolBytes the bytes of the transactions in the pool
 * @param catchingUp whether final blocks are being fetched from peers
 * @param voice whether it signs, and if not, why not
 * @param connected the other validators that can be reached, in set order
 */
public record ReplicaStatus(
    Condition condition,
    EngineStatus engine,
    Height tip,
    BlockId tipId,
    Instant tipTime,
    Work pool,
    long poolBytes,
    boolean catchingUp,
    Voice voice,
    List<ValidatorId> connected) {
  public ReplicaStatus {
    connected = List.copyOf(connected);
  }
}
