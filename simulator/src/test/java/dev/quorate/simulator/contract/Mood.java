package dev.quorate.simulator.contract;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageFilter;
import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import java.util.List;
import java.util.function.UnaryOperator;

/** An engine whose effects are changed on their way out. */
record Mood<M extends Message<M>>(Engine<M> engine, UnaryOperator<List<Effect<M>>> change)
    implements Engine<M> {
  @Override
  public List<Effect<M>> step(Event<M> event) {
    return change.apply(engine.step(event));
  }

  @Override
  public EngineStatus status() {
    return engine.status();
  }

  @Override
  public MessageFilter<M> filter() {
    return engine.filter();
  }

  @Override
  public List<M> heardFrom(ValidatorId validator) {
    return engine.heardFrom(validator);
  }

  @Override
  public Standing standing() {
    return engine.standing();
  }

  @Override
  public boolean isBeyond(Certificate commit, Standing reported) {
    return engine.isBeyond(commit, reported);
  }
}
