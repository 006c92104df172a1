package dev.quorate.consensus.core.validators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidatorSetTest {
  private static final ValidatorId A = Named.id("a");
  private static final ValidatorId B = Named.id("b");
  private static final ValidatorId C = Named.id("c");
  private static final ValidatorId D = Named.id("d");

  @Test
  void exactlyTwoThirdsAreNoQuorum() {
    var three = Named.powers(1, 1, 1);

    assertThat(three.isQuorum(List.of(A, B))).isFalse();
    assertThat(three.isQuorum(List.of(A, B, C))).isTrue();
    assertThat(Named.powers(40, 20, 20, 10).isQuorum(List.of(A, B))).isFalse();
    assertThat(Named.powers(41, 20, 19, 10).isQuorum(List.of(A, B))).isTrue();
  }

  @Test
  void exactlyOneThirdIsNoWeakQuorum() {
    var three = Named.powers(1, 1, 1);

    assertThat(three.isWeakQuorum(List.of(A))).isFalse();
    assertThat(three.isWeakQuorum(List.of(A, B))).isTrue();
    assertThat(Named.powers(1, 1, 1, 1).isWeakQuorum(List.of(A))).isFalse();
    assertThat(Named.powers(1, 1, 1, 1).isWeakQuorum(List.of(A, D))).isTrue();
  }

  @Test
  void nobodyIsNeitherQuorumNorWeakQuorum() {
    var one = Named.powers(1);

    assertThat(one.isQuorum(List.of())).isFalse();
    assertThat(one.isWeakQuorum(List.of())).isFalse();
    assertThat(one.isQuorum(Set.of(A))).isTrue();
  }

  @Test
  void countsAVoterOnceAndAStrangerNever() {
    var four = Named.powers(1, 1, 1, 1);

    assertThat(four.powerOf(List.of(A, A, A, Named.id("stranger")))).isEqualTo(1);
    assertThat(four.isQuorum(List.of(A, A, B))).isFalse();
    assertThat(four.powerOf(Named.id("stranger"))).isZero();
    assertThat(four.indexOf(Named.id("stranger"))).isEmpty();
    assertThat(four.find(Named.id("stranger"))).isEmpty();
  }

  @Test
  void isOrderedByPowerThenAddress() {
    var set = Named.powers(1, 3, 2, 3);

    assertThat(set.members()).extracting(Validator::id).containsExactly(B, D, C, A);
    assertThat(set.indexOf(C)).contains(2);
    assertThat(set.find(C)).contains(Named.validator("c", 2));
  }

  @Test
  void isTheSameInWhateverOrderItWasGiven() {
    var one = ValidatorSet.of(List.of(Named.validator("a", 1), Named.validator("b", 2)));
    var other = ValidatorSet.of(List.of(Named.validator("b", 2), Named.validator("a", 1)));

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
  }

  @Test
  void refusesNobodyAndAnybodyTwice() {
    var twice = List.of(Named.validator("a", 1), Named.validator("a", 2));

    assertThatThrownBy(() -> ValidatorSet.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ValidatorSet.of(twice)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void refusesPowersThatAreNotPositive(long power) {
    assertThatThrownBy(() -> Named.validator("a", power))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesMorePowerThanItCanCount() {
    long most = ValidatorSet.MAX_TOTAL_POWER;

    assertThat(Named.powers(most).totalPower()).isEqualTo(most);
    assertThatThrownBy(() -> Named.powers(most + 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Named.powers(most, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Named.powers(Long.MAX_VALUE, Long.MAX_VALUE, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsTheLargestPowersExactly() {
    long most = ValidatorSet.MAX_TOTAL_POWER;
    var thirds = Named.powers(most / 3 * 2, most / 3);
    var shifted = Named.powers(most / 3 * 2 + 1, most / 3 - 1);

    assertThat(thirds.totalPower()).isEqualTo(most);
    assertThat(thirds.isQuorum(List.of(A))).isFalse();
    assertThat(thirds.isWeakQuorum(List.of(B))).isFalse();
    assertThat(thirds.isQuorum(List.of(A, B))).isTrue();
    assertThat(shifted.isQuorum(List.of(A))).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4938})
  void namesTheLeastQuorumAndTheMostThatMayBeFaulty(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      var set = Named.powers(1 + random.nextInt(50), 1 + random.nextInt(50), 1 + random.nextInt(9));
      long quorum = set.quorumPower();
      long faulty = set.toleratedPower();

      assertThat(set.isQuorum(quorum)).isTrue();
      assertThat(set.isQuorum(quorum - 1)).isFalse();
      assertThat(set.isQuorum(set.totalPower() - faulty)).isTrue();
      assertThat(set.isQuorum(set.totalPower() - faulty - 1)).isFalse();
      assertThat(set.isWeakQuorum(faulty)).isFalse();
    }
  }

  @Test
  void knowsAnAddressFromItsKey() {
    var key = Named.validator("a", 1).key();

    assertThat(Validator.of(key, 5).id()).isEqualTo(ValidatorId.of(key));
    assertThat(ValidatorId.of(key).address().length()).isEqualTo(ValidatorId.SIZE);
  }
}
