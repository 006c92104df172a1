package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.validators.ProposerPriorities;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * proposer(h, r), by CometBFT's priorities: every decided height takes one turn, whatever its
 * round; in round r the height's own turn is followed by r more, on a copy.
 */
final class Proposers {
  private final Height height;
  private final ProposerPriorities before;
  private final ProposerPriorities.Pick first;
  private final Map<Round, ValidatorId> known = new HashMap<>();

  private Proposers(Height height, ProposerPriorities before) {
    this.height = height;
    this.before = before;
    this.first = before.increment(1);
  }

  /** Of the initial height. */
  static Proposers atGenesis(ValidatorSet validators, Height initialHeight) {
    return new Proposers(initialHeight, ProposerPriorities.fresh(validators));
  }

  /** As {@link #priorities} were saved at a height. */
  static Proposers restored(ValidatorSet validators, Height height, List<Long> priorities) {
    return new Proposers(height, ProposerPriorities.of(validators, priorities));
  }

  /** Of a height not below this one, every height between being decided. */
  Proposers movedTo(Height target) {
    if (height.isAbove(target)) {
      throw new IllegalStateException("proposers of %s at %s".formatted(target, height));
    }
    var at = this;
    while (target.isAbove(at.height)) {
      at = new Proposers(at.height.next(), at.first.after());
    }
    return at;
  }

  /** The work grows with the round: not to be asked for a round that only a message names. */
  ValidatorId of(Round round) {
    return round.value() == 0
        ? first.proposer()
        : known.computeIfAbsent(round, it -> first.after().increment(it.value()).proposer());
  }

  /** Before this height's turn. */
  List<Long> priorities() {
    return before.priorities();
  }
}
