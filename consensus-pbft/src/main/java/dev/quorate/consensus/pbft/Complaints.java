package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who complained about the current view lately (R8b). */
final class Complaints {
  private final ValidatorSet validators;
  private final Map<ValidatorId, Long> lastHeard = new HashMap<>();

  Complaints(ValidatorSet validators) {
    this.validators = validators;
  }

  void add(ValidatorId from, long beat) {
    lastHeard.put(from, beat);
  }

  /** A validator's reason is gone. */
  void withdraw(ValidatorId from) {
    lastHeard.remove(from);
  }

  boolean isEmpty() {
    return lastHeard.isEmpty();
  }

  /**
   * Whether those with complaints not older than so many beats, and those who have left, are a weak
   * quorum together. Those who left alone are R10's affair.
   */
  boolean areEnough(Set<ValidatorId> leavers, long beat, long validFor) {
    lastHeard.values().removeIf(heard -> heard + validFor < beat);
    var discontent = new HashSet<>(leavers);
    return discontent.addAll(lastHeard.keySet()) && validators.isWeakQuorum(discontent);
  }

  void clear() {
    lastHeard.clear();
  }
}
