package dev.quorate.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.ledger.Genesis;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class StakeTest {
  @Test
  void threeOfFourEqualValidatorsMustSignAndNobodyIsTooHeavy() {
    var stake = stake(1, 1, 1, 1);

    assertThat(stake.summary())
        .isEqualTo("3 of 4 validators must sign, F = 1 of them may be faulty");
    assertThat(stake.tolerance()).isEqualTo("tolerates 1");
    assertThat(stake.warnings()).isEmpty();
  }

  @Test
  void sevenValidatorsOfPowerFiveCountByNumber() {
    assertThat(stake(5, 5, 5, 5, 5, 5, 5).summary())
        .isEqualTo("5 of 7 validators must sign, F = 2 of them may be faulty");
  }

  @Test
  void unequalPowersCountByPower() {
    var stake = stake(30, 20, 15, 15, 10, 6, 4);

    assertThat(stake.summary())
        .isEqualTo("67 of 100 power must sign, validators worth F = 33 together may be faulty");
    assertThat(stake.tolerance()).isEqualTo("tolerates 33 of 100 power");
    assertThat(stake.warnings()).isEmpty();
  }

  @Test
  void whoHasMoreThanAThirdCouldStopOrFork() {
    assertThat(stake(40, 30, 20, 10).warnings())
        .containsExactly(
            "node-0 alone can stop or fork the network: it has 40 of 100 power, and 67 must sign");
  }

  @Test
  void whoHasExactlyAThirdCouldStopOnly() {
    assertThat(stake(2, 1, 1, 1, 1).warnings())
        .containsExactly("node-0 alone can stop the network: it has 2 of 6 power, and 5 must sign");
  }

  @Test
  void ofThreeEqualValidatorsEachOneCanStop() {
    assertThat(stake(1, 1, 1).warnings())
        .containsExactly(
            "each single validator can stop the network: F = 0; four of equal power have 1");
  }

  @Test
  void oneValidatorDecidesAlone() {
    var stake = stake(1);

    assertThat(stake.summary())
        .isEqualTo("1 of 1 validators must sign, F = 0 of them may be faulty");
    assertThat(stake.warnings())
        .containsExactly("one validator decides alone: nothing protects this network from it");
  }

  private static Stake stake(long... powers) {
    var builder = Genesis.builder("stake", Instant.parse("2026-11-23T20:00:00Z"), "pbft");
    for (int i = 0; i < powers.length; i++) {
      var key = KeyPair.fromSeed(Hash.sha256(Bytes.utf8("key " + i)).bytes());
      builder.validator("node-" + i, key.publicKey(), powers[i]);
    }
    return new Stake(builder.build());
  }
}
