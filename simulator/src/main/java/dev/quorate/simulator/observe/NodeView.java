package dev.quorate.simulator.observe;

import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.ChainReader;
import dev.quorate.replica.Counts;
import dev.quorate.replica.ReplicaStatus;
import java.util.Optional;

/** A node as an oracle may see it. */
public interface NodeView {
  ValidatorId id();

  String name();

  Role role();

  /** Whether its process runs. */
  boolean isUp();

  /** How often it has started; 0 before the first time. */
  int incarnation();

  /** What its disk holds, whether it is up or not. */
  ChainReader chain();

  /** How far its engine is, or was when its process ended; empty before the first start. */
  Optional<Standing> standing();

  /** The engine's state as it is on the disk; empty when none was saved. */
  Optional<Bytes> savedState();

  /** Where its replica stands; empty while it is down. */
  Optional<ReplicaStatus> status();

  /** What its running replica has counted; empty while it is down. */
  Optional<Counts> counts();

  /** Whether oracles hold it to everything. */
  default boolean isCorrect() {
    return role() == Role.CORRECT;
  }
}
