package dev.quorate.consensus.core.validators;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The validators of one height, power descending, then address ascending, with exact quorum
 * arithmetic.
 *
 * <p>The total power is at most {@link #MAX_TOTAL_POWER}, so that three times any sum fits a {@code
 * long}. All counting is over distinct validators; a voter that is no member weighs nothing.
 */
public final class ValidatorSet {
  /** (2^63 - 1) / 8, CometBFT's bound on the sum of all powers. */
  public static final long MAX_TOTAL_POWER = Long.MAX_VALUE / 8;

  private static final Comparator<Validator> ORDER =
      Comparator.comparingLong(Validator::power).reversed().thenComparing(Validator::id);

  private final List<Validator> members;
  private final Map<ValidatorId, Integer> indices;
  private final long totalPower;

  private ValidatorSet(List<Validator> members, Map<ValidatorId, Integer> indices, long total) {
    this.members = members;
    this.indices = indices;
    this.totalPower = total;
  }

  /** A set in canonical order; refuses none, two with one address, and too much power. */
  public static ValidatorSet of(Collection<Validator> validators) {
    if (validators.isEmpty()) {
      throw new IllegalArgumentException("a validator set has at least one member");
    }
    var sorted = new ArrayList<>(validators);
    sorted.sort(ORDER);
    var indices = new HashMap<ValidatorId, Integer>();
    long total = 0;
    for (int i = 0; i < sorted.size(); i++) {
      var validator = sorted.get(i);
      if (indices.put(validator.id(), i) != null) {
        throw new IllegalArgumentException("validator " + validator.id() + " is listed twice");
      }
      if (validator.power() > MAX_TOTAL_POWER - total) {
        throw new IllegalArgumentException("total power is above " + MAX_TOTAL_POWER);
      }
      total += validator.power();
    }
    return new ValidatorSet(List.copyOf(sorted), indices, total);
  }

  /** The members in set order. */
  public List<Validator> members() {
    return members;
  }

  public int size() {
    return members.size();
  }

  public long totalPower() {
    return totalPower;
  }

  public boolean contains(ValidatorId id) {
    return indices.containsKey(id);
  }

  /** The place of a member in set order, from 0; empty for a stranger. */
  public Optional<Integer> indexOf(ValidatorId id) {
    return Optional.ofNullable(indices.get(id));
  }

  public Optional<Validator> find(ValidatorId id) {
    return indexOf(id).map(members::get);
  }

  /** The power of one validator; 0 for a stranger. */
  public long powerOf(ValidatorId id) {
    var index = indices.get(id);
    return index == null ? 0 : members.get(index).power();
  }

  /** The summed power of the distinct members among the given voters. */
  public long powerOf(Collection<ValidatorId> voters) {
    Set<ValidatorId> distinct =
        voters instanceof Set<ValidatorId> set ? set : new HashSet<>(voters);
    long sum = 0;
    for (var voter : distinct) {
      sum += powerOf(voter);
    }
    return sum;
  }

  /** More than two thirds of the power: any two quorums share a correct validator. */
  public boolean isQuorum(Collection<ValidatorId> voters) {
    return isQuorum(powerOf(voters));
  }

  /** The same for power that was summed over distinct voters already. */
  public boolean isQuorum(long power) {
    return 3 * power > 2 * totalPower;
  }

  /** More than one third of the power: at least one of the voters is correct. */
  public boolean isWeakQuorum(Collection<ValidatorId> voters) {
    return isWeakQuorum(powerOf(voters));
  }

  /** The same for power that was summed over distinct voters already. */
  public boolean isWeakQuorum(long power) {
    return 3 * power > totalPower;
  }

  /** The least power that is a quorum. */
  public long quorumPower() {
    return 2 * totalPower / 3 + 1;
  }

  /** The most power that may be faulty: without it the others are still a quorum. */
  public long toleratedPower() {
    return totalPower - quorumPower();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValidatorSet that && members.equals(that.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
