package dev.quorate.simulator.observe;

import dev.quorate.consensus.core.validators.ValidatorId;
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

  /** Where its replica stands; empty while it is down. */
  Optional<ReplicaStatus> status();

  /** What its running replica has counted; empty while it is down. */
  Optional<Counts> counts();

  /** Whether oracles hold it to everything. */
  default boolean isCorrect() {
    return role() == Role.CORRECT;
  }
}
