package dev.quorate.simulator.observe;

import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.Genesis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A simulated network as an oracle may see it. */
public interface World {
  Instant now();

  Genesis genesis();

  /** How the engine's blocks are made. */
  BlockShape blockShape();

  /** Under which signatures are valid here. */
  SignatureScheme scheme();

  /** All nodes, in set order. */
  List<NodeView> nodes();

  NodeView node(ValidatorId id);

  /** The nodes whose links are timely since {@link Observation.Healed}; none before. */
  Set<ValidatorId> core();

  /** The engine's message in a frame; empty when it holds something else, or nothing canonical. */
  Optional<Message<?>> messageIn(Bytes frame);

  /** Where an oracle says what it found. */
  Violations violations();
}
