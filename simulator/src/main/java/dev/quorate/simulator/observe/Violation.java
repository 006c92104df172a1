package dev.quorate.simulator.observe;

import dev.quorate.consensus.core.validators.ValidatorId;
import java.time.Instant;

/** A rule that did not hold: which, when, at which node, and what was seen. */
public record Violation(String oracle, Instant at, ValidatorId node, String text) {
  @Override
  public String toString() {
    return oracle + " at " + node.abbreviated() + ", " + at + ": " + text;
  }
}
