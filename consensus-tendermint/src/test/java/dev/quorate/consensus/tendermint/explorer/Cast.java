package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.validators.ProposerPriorities;
import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The four validators of a trace, by their place in the set, and which of them lies. Sets of
 * validators are written as bit masks.
 */
final class Cast {
  static final int SIZE = 4;
  static final String CHAIN = "explored";

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
  private final List<EngineContext> contexts = new ArrayList<>();
  private final int[][] proposers = new int[Blocks.HEIGHTS + 2][Ballots.ROUNDS];
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
    for (var member : set.members()) {
      ids.add(member.id());
      contexts.add(new EngineContext(CHAIN, member.id(), set, new Height(1), new TreeMap<>()));
    }
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
    schedule();
    if (!quorums[(1 << SIZE) - 1 - (1 << liar)]) {
      throw new IllegalArgumentException("too much power lies: " + powers + " " + liar);
    }
  }

  /** Mostly equal powers; each place lies. */
  static Cast drawn(Chance chance) {
    return ALL.get(chance.percent(75) ? chance.below(EQUAL) : chance.below(ALL.size()));
  }

  EngineContext contextOf(int validator) {
    return contexts.get(validator);
  }

  ValidatorId id(int validator) {
    return ids.get(validator);
  }

  int indexOf(ValidatorId id) {
    return ids.indexOf(id);
  }

  int liar() {
    return liar;
  }

  List<Integer> correct() {
    return correct;
  }

  /** Whether these, and the liar who signs anything, are a quorum. */
  boolean isQuorumWithLiar(int mask) {
    return quorums[mask | 1 << liar];
  }

  boolean isQuorum(int mask) {
    return quorums[mask];
  }

  /** Counted here once more, not taken from the engine. */
  private void schedule() {
    var turn = ProposerPriorities.fresh(set).increment(1);
    for (int height = 1; height < proposers.length; height++) {
      proposers[height][0] = ids.indexOf(turn.proposer());
      for (int round = 1; round < Ballots.ROUNDS; round++) {
        proposers[height][round] = ids.indexOf(turn.after().increment(round).proposer());
      }
      turn = turn.after().increment(1);
    }
  }

  int proposerOf(int height, int round) {
    return proposers[height][round];
  }

  String nameOf(int validator) {
    return validator == liar ? "liar" : String.valueOf((char) ('a' + validator));
  }

  String nameOf(ValidatorId id) {
    return nameOf(indexOf(id));
  }

  @Override
  public String toString() {
    var powers = set.members().stream().map(it -> String.valueOf(it.power())).toList();
    return "powers " + String.join(",", powers) + ", " + (char) ('a' + liar) + " lies";
  }
}
