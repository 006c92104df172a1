package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import java.util.HashMap;
import java.util.Map;

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

  /** Whether complaints not older than so many beats come from a weak quorum. */
  boolean areEnough(long beat, long validFor) {
    lastHeard.values().removeIf(heard -> heard + validFor < beat);
    return validators.isWeakQuorum(lastHeard.keySet());
  }

  void clear() {
    lastHeard.clear();
  }
}
