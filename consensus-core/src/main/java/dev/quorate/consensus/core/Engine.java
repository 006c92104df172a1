package dev.quorate.consensus.core;

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
}
