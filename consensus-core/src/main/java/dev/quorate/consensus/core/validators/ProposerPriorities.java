package dev.quorate.consensus.core.validators;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * Whose turn it is to propose, by CometBFT's priority algorithm: every validator gains its power in
 * priority each turn, the highest proposes and pays the total. Over many turns everybody proposes
 * in proportion to its power.
 *
 * <p>An immutable value that every node must compute alike, so the order of its steps and the
 * rounding of its divisions are part of the protocol. Before turns are taken, priorities further
 * apart than {@link #WINDOW} times the total power are drawn together, and all are moved so that
 * their average is zero; once, however many turns follow.
 */
public final class ProposerPriorities {
  /** How far apart priorities may be, in multiples of the total power. */
  static final long WINDOW = 2;

  /** The largest priority, either way, that can be restored: no sum here overflows below it. */
  static final long BOUND = 4 * ValidatorSet.MAX_TOTAL_POWER;

  private final ValidatorSet validators;
  private final long[] priorities;

  private ProposerPriorities(ValidatorSet validators, long[] priorities) {
    this.validators = validators;
    this.priorities = priorities;
  }

  /** Whose turn it is, and what the priorities are once it has been taken. */
  public record Pick(ValidatorId proposer, ProposerPriorities after) {}

  /** The priorities of a fresh set, before anybody's turn: all zero. */
  public static ProposerPriorities fresh(ValidatorSet validators) {
    return new ProposerPriorities(validators, new long[validators.size()]);
  }

  /** The priorities that were read back, one a validator in set order. */
  public static ProposerPriorities of(ValidatorSet validators, List<Long> priorities) {
    if (priorities.size() != validators.size()) {
      throw new IllegalArgumentException(
          priorities.size() + " priorities for " + validators.size() + " validators");
    }
    var values = new long[priorities.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = priorities.get(i);
      if (values[i] < -BOUND || values[i] > BOUND) {
        throw new IllegalArgumentException("priority " + values[i] + " is beyond " + BOUND);
      }
    }
    return new ProposerPriorities(validators, values);
  }

  public ValidatorSet validators() {
    return validators;
  }

  /** One priority a validator, in set order. */
  public List<Long> priorities() {
    return Arrays.stream(priorities).boxed().toList();
  }

  /** Takes turns, at least one; the pick is the last turn's. */
  public Pick increment(int turns) {
    if (turns < 1) {
      throw new IllegalArgumentException(turns + " turns; at least one is taken");
    }
    var next = priorities.clone();
    drawTogether(next, WINDOW * validators.totalPower());
    centre(next);
    int picked = 0;
    for (int turn = 0; turn < turns; turn++) {
      picked = takeTurn(next);
    }
    var proposer = validators.members().get(picked).id();
    return new Pick(proposer, new ProposerPriorities(validators, next));
  }

  /**
   * The priorities of the set that follows this one. Who stays keeps its priority, whatever its new
   * power; a newcomer starts 9/8 of the total power behind (the total before anybody leaves), so
   * that leaving and coming back gains nothing.
   */
  public ProposerPriorities update(ValidatorSet following) {
    long total = following.totalPower();
    for (var member : validators.members()) {
      if (!following.contains(member.id())) {
        total += member.power();
      }
    }
    long newcomer = -(total + (total >> 3));
    var next = new long[following.size()];
    for (int i = 0; i < next.length; i++) {
      var index = validators.indexOf(following.members().get(i).id());
      next[i] = index.isPresent() ? priorities[index.get()] : newcomer;
    }
    drawTogether(next, WINDOW * following.totalPower());
    centre(next);
    return new ProposerPriorities(following, next);
  }

  private int takeTurn(long[] next) {
    var members = validators.members();
    int picked = 0;
    for (int i = 0; i < next.length; i++) {
      next[i] += members.get(i).power();
      boolean lower = members.get(i).id().compareTo(members.get(picked).id()) < 0;
      if (next[i] > next[picked] || (next[i] == next[picked] && lower)) {
        picked = i;
      }
    }
    next[picked] -= validators.totalPower();
    return picked;
  }

  /** Divides all by one number, towards zero, so that they lie within the window. */
  private static void drawTogether(long[] priorities, long window) {
    long highest = Arrays.stream(priorities).max().orElseThrow();
    long lowest = Arrays.stream(priorities).min().orElseThrow();
    long difference = Math.subtractExact(highest, lowest);
    if (difference <= window) {
      return;
    }
    long ratio = Math.ceilDiv(difference, window);
    for (int i = 0; i < priorities.length; i++) {
      priorities[i] /= ratio;
    }
  }

  private static void centre(long[] priorities) {
    long average = average(priorities);
    for (int i = 0; i < priorities.length; i++) {
      priorities[i] -= average;
    }
  }

  /** The average, rounded down; the sum may be larger than a {@code long}. */
  static long average(long[] priorities) {
    var sum = BigInteger.ZERO;
    for (long priority : priorities) {
      sum = sum.add(BigInteger.valueOf(priority));
    }
    var parts = sum.divideAndRemainder(BigInteger.valueOf(priorities.length));
    long quotient = parts[0].longValueExact();
    return parts[1].signum() < 0 ? quotient - 1 : quotient;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProposerPriorities that
        && validators.equals(that.validators)
        && Arrays.equals(priorities, that.priorities);
  }

  @Override
  public int hashCode() {
    return 31 * validators.hashCode() + Arrays.hashCode(priorities);
  }

  @Override
  public String toString() {
    return Arrays.toString(priorities);
  }
}
