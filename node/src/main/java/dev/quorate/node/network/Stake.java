package dev.quorate.node.network;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.ledger.Genesis;
import java.util.List;

/**
 * What the powers of a network's validators mean for the people who run it: how much may fail, how
 * much must sign, and who alone could do harm.
 */
public record Stake(Genesis genesis) {
  /** How many validators of equal power may fail, or how much power where they differ. */
  public String tolerance() {
    var set = genesis.validatorSet();
    return hasEqualPowers(set)
        ? "tolerates %d".formatted((set.size() - 1) / 3)
        : "tolerates %d of %d power".formatted(set.toleratedPower(), set.totalPower());
  }

  /** One line: F and the quorum, by power and, where all are equal, by number. */
  public String summary() {
    var set = genesis.validatorSet();
    return hasEqualPowers(set)
        ? "%d of %d validators must sign, F = %d of them may be faulty"
            .formatted(set.size() - (set.size() - 1) / 3, set.size(), (set.size() - 1) / 3)
        : "%d of %d power must sign, validators worth F = %d together may be faulty"
            .formatted(set.quorumPower(), set.totalPower(), set.toleratedPower());
  }

  /**
   * A sentence for each validator of which too much depends, in set order. From a third of the
   * power on the others are no quorum without it; above a third, two quorums may have only it in
   * common, so that it could let two blocks become final at one height.
   */
  public List<String> warnings() {
    var set = genesis.validatorSet();
    if (set.size() == 1) {
      return List.of("one validator decides alone: nothing protects this network from it");
    }
    var heavy =
        set.members().stream().filter(it -> !set.isQuorum(set.totalPower() - it.power())).toList();
    if (heavy.size() == set.size()) {
      return List.of(
          "each single validator can stop the network: F = 0; four of equal power have 1");
    }
    return heavy.stream().map(it -> warning(it, set)).toList();
  }

  private String warning(Validator validator, ValidatorSet set) {
    return "%s alone can stop%s the network: it has %d of %d power, and %d must sign"
        .formatted(
            genesis.nameOf(validator.id()),
            set.isWeakQuorum(validator.power()) ? " or fork" : "",
            validator.power(),
            set.totalPower(),
            set.quorumPower());
  }

  private static boolean hasEqualPowers(ValidatorSet set) {
    return set.members().stream().mapToLong(it -> it.power()).distinct().count() == 1;
  }
}
