package dev.quorate.consensus.core.validators;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A fixed round of proposers for one validator set, for an engine that keeps no priorities.
 *
 * <p>It is the first turns of {@link ProposerPriorities} on the fresh set: as many as make shares
 * exact (the total power over the greatest common divisor of all powers), but at most {@link
 * #TURNS_PER_VALIDATOR} a validator. Whoever is too light to get a turn in them follows behind in
 * set order, so everybody has one.
 */
public final class ProposerSchedule {
  /** Bounds the length of the schedule where the powers have no large common divisor. */
  static final int TURNS_PER_VALIDATOR = 8;

  private final List<ValidatorId> turns;

  private ProposerSchedule(List<ValidatorId> turns) {
    this.turns = turns;
  }

  /** The schedule of a set. */
  public static ProposerSchedule of(ValidatorSet validators) {
    long exact = validators.totalPower() / commonDivisor(validators);
    long length = Math.min(exact, (long) TURNS_PER_VALIDATOR * validators.size());
    var turns = new ArrayList<ValidatorId>();
    var priorities = ProposerPriorities.fresh(validators);
    while (turns.size() < length) {
      var pick = priorities.increment(1);
      turns.add(pick.proposer());
      priorities = pick.after();
    }
    var seen = new LinkedHashSet<>(turns);
    for (var member : validators.members()) {
      if (seen.add(member.id())) {
        turns.add(member.id());
      }
    }
    return new ProposerSchedule(List.copyOf(turns));
  }

  /** How many turns there are before the schedule begins again. */
  public int size() {
    return turns.size();
  }

  /** Whose turn it is; from 0, and past the last turn from the beginning again. */
  public ValidatorId at(long index) {
    if (index < 0) {
      throw new IndexOutOfBoundsException("turn " + index);
    }
    return turns.get((int) (index % turns.size()));
  }

  @Override
  public String toString() {
    return turns.toString();
  }

  private static long commonDivisor(ValidatorSet validators) {
    return validators.members().stream()
        .map(validator -> BigInteger.valueOf(validator.power()))
        .reduce(BigInteger.ZERO, BigInteger::gcd)
        .longValueExact();
  }
}
