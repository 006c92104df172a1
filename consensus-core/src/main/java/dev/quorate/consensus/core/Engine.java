package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import java.util.List;

/**
 * A consensus protocol as a pure state machine.
 *
 * <p>An engine is confined to the one thread that steps it. Equal sequences of events give equal
 * sequences of effects, in every run and on every machine.
 */
public interface Engine<M extends Message<M>> {
  /**
   * Advances by exactly one event. The caller first makes all {@link Effect.Durable} effects
   * durable and only then carries the {@link Effect.Visible} ones out, in list order.
   *
   * <p>Whatever a peer sent, this returns; an exception out of here is a bug, and the replica
   * stops.
   */
  List<Effect<M>> step(Event<M> event);

  /** Where the engine stands, for people and for metrics. */
  EngineStatus status();

  /**
   * What is worth verifying at this moment, as an immutable snapshot that other threads may ask. A
   * message that it refuses would change nothing, so its signatures need not be looked at.
   */
  MessageFilter<M> filter();

  /**
   * What is held here that a validator has signed and that can still matter: its votes above the
   * delivered height, its last change of view, certificates with its signature. For a validator
   * that comes back and asks for its own voice; bounded, and never in need of a signature.
   */
  List<M> heardFrom(ValidatorId validator);

  /** How far this engine has gone, for a validator that has lost what it promised. */
  Standing standing();

  /**
   * Whether a commit is so far beyond what others had reported that from there on no vote can
   * matter which this validator may have given and forgotten.
   */
  boolean isBeyond(Certificate commit, Standing reported);
}
