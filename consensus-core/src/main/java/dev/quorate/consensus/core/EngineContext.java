package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Height;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all validators of a network agree on, and who we are among them.
 *
 * @param parameters the engine's own, by name; those left out have the engine's defaults
 */
public record EngineContext(
    String chainId,
    ValidatorId self,
    ValidatorSet validators,
    Height initialHeight,
    SortedMap<String, Long> parameters) {
  public EngineContext {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }
}
