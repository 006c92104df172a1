package dev.quorate.explorer;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import java.util.ArrayList;
import java.util.List;

/**
 * The four validators of a trace, by their place in the set, and which of them lies. Sets of
 * validators are written as bit masks. There are few casts, and all traces share them.
 */
public final class Cast {
  public static final int SIZE = 4;
  public static final String CHAIN = "explored";

  /** Powers with liars that are tolerated, each: equal, and three that sit tightly at 2/3. */
  private static final List<Cast> ALL =
      List.of(
          new Cast(List.of(1L, 1L, 1L, 1L), 0),
          new Cast(List.of(1L, 1L, 1L, 1L), 1),
          new Cast(List.of(1L, 1L, 1L, 1L), 2),
          new Cast(List.of(1L, 1L, 1L, 1L), 3),
          new Cast(List.of(2L, 2L, 1L, 1L), 2),
          new Cast(List.of(2L, 2L, 1L, 1L), 3),
          new Cast(List.of(3L, 3L, 2L, 2L), 0),
          new Cast(List.of(4L, 3L, 2L, 1L), 1));

  private static final int EQUAL = 4;

  private final ValidatorSet set;
  private final List<ValidatorId> ids = new ArrayList<>();
  private final boolean[] quorums = new boolean[1 << SIZE];
  private final int liar;
  private final List<Integer> correct = new ArrayList<>();

  private Cast(List<Long> powers, int liar) {
    var members = new ArrayList<Validator>();
    for (int i = 0; i < powers.size(); i++) {
      var seed = Hash.sha256(Bytes.utf8("explored " + i)).bytes();
      members.add(Validator.of(KeyPair.fromSeed(seed).publicKey(), powers.get(i)));
    }
    this.set = ValidatorSet.of(members);
    this.liar = liar;
    set.members().forEach(member -> ids.add(member.id()));
    for (int mask = 0; mask < quorums.length; mask++) {
      long power = 0;
      for (int i = 0; i < SIZE; i++) {
        power += (mask >> i & 1) * set.members().get(i).power();
      }
      quorums[mask] = 3 * power > 2 * set.totalPower();
    }
    for (int i = 0; i < SIZE; i++) {
      if (i != liar) {
        correct.add(i);
      }
    }
    if (!quorums[(1 << SIZE) - 1 - (1 << liar)]) {
      throw new IllegalArgumentException("too much power lies: " + powers + " " + liar);
    }
  }

  /** Mostly equal powers; each place lies. */
  static Cast drawn(Chance chance) {
    return ALL.get(chance.percent(75) ? chance.below(EQUAL) : chance.below(ALL.size()));
  }

  public ValidatorSet set() {
    return set;
  }

  public ValidatorId id(int validator) {
    return ids.get(validator);
  }

  public int indexOf(ValidatorId id) {
    return ids.indexOf(id);
  }

  public int liar() {
    return liar;
  }

  public List<Integer> correct() {
    return correct;
  }

  /** Whether these, and the liar who signs anything, are a quorum. */
  public boolean isQuorumWithLiar(int mask) {
    return quorums[mask | 1 << liar];
  }

  public boolean isQuorum(int mask) {
    return quorums[mask];
  }

  public String nameOf(int validator) {
    return validator == liar ? "liar" : String.valueOf((char) ('a' + validator));
  }

  public String nameOf(ValidatorId id) {
    return nameOf(indexOf(id));
  }

  @Override
  public String toString() {
    var powers = set.members().stream().map(it -> String.valueOf(it.power())).toList();
    return "powers " + String.join(",", powers) + ", " + (char) ('a' + liar) + " lies";
  }
}
