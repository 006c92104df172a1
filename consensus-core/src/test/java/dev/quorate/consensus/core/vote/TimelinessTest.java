package dev.quorate.consensus.core.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Vectors;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimelinessTest {
  private static final Instant TIME = Instant.parse("2026-11-23T20:00:00Z");

  @Test
  void judgesThePublishedBoundaries() {
    var json = Vectors.read("pbts_timely.json");
    var timeliness =
        new Timeliness(
            Duration.ofNanos(json.get("precision").asLong()),
            Duration.ofNanos(json.get("message_delay").asLong()));
    assertThat(json.get("vectors")).hasSize(4);
    for (var vector : json.get("vectors")) {
      var time = TIME.plusNanos(vector.get("ts").asLong());
      var received = TIME.plusNanos(vector.get("recv").asLong());

      assertThat(timeliness.isTimely(time, received, 0))
          .isEqualTo(vector.get("timely").asBoolean());
    }
  }

  @Test
  void hasThePublishedDefaults() {
    var defaults = Vectors.read("pbts_timely.json").get("defaults");

    assertThat(Timeliness.DEFAULT.precision()).hasMillis(defaults.get("precision_ms").asLong());
    assertThat(Timeliness.DEFAULT.messageDelay())
        .hasMillis(defaults.get("message_delay_ms").asLong());
    assertThat(Timeliness.MAX_PRECISION).hasSeconds(defaults.get("max_precision_s").asLong());
    assertThat(Timeliness.MAX_MESSAGE_DELAY).hasHours(defaults.get("max_message_delay_h").asLong());
  }

  @Test
  void isTimelyUpToTheEdgesAndNotANanosecondBeyond() {
    var earliest = TIME.minusMillis(505);
    var latest = TIME.plusMillis(15_505);

    assertThat(Timeliness.DEFAULT.isTimely(TIME, earliest, 0)).isTrue();
    assertThat(Timeliness.DEFAULT.isTimely(TIME, earliest.minusNanos(1), 0)).isFalse();
    assertThat(Timeliness.DEFAULT.isTimely(TIME, latest, 0)).isTrue();
    assertThat(Timeliness.DEFAULT.isTimely(TIME, latest.plusNanos(1), 0)).isFalse();
  }

  @Test
  void aProposalThatIsAheadIsTimelyWhereItsParentLeavesItNoEarlierTime() {
    var early = TIME.minus(Duration.ofHours(1));

    assertThat(isTimely(TIME.plusMillis(1), TIME, early)).isTrue();
    assertThat(isTimely(TIME.plusMillis(2), TIME, early)).isFalse();
    assertThat(isTimely(TIME.plusMillis(1), TIME.plusNanos(1).minusMillis(1), early)).isTrue();
  }

  @Test
  void aProposalThatIsOldIsNotTimelyWhateverItsParent() {
    var late = TIME.plus(Duration.ofHours(1));

    assertThat(isTimely(TIME.plusMillis(1), TIME, late)).isFalse();
  }

  private static boolean isTimely(Instant time, Instant parentsTime, Instant received) {
    return Timeliness.DEFAULT.isTimely(time, parentsTime, received, 0);
  }

  @Test
  void waitsATenthLongerEachRoundUpToADay() {
    assertThat(Timeliness.DEFAULT.messageDelay(0)).isEqualTo(Duration.ofSeconds(15));
    assertThat(Timeliness.DEFAULT.messageDelay(1)).isEqualTo(Duration.ofMillis(16_500));
    assertThat(Timeliness.DEFAULT.messageDelay(2)).isEqualTo(Duration.ofMillis(18_150));
    assertThat(Timeliness.DEFAULT.messageDelay(90)).isLessThan(Duration.ofHours(24));
    assertThat(Timeliness.DEFAULT.messageDelay(91)).isEqualTo(Duration.ofHours(24));
    assertThat(Timeliness.DEFAULT.messageDelay(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void judgesTimesThatAreCenturiesAway() {
    assertThat(Timeliness.DEFAULT.isTimely(Instant.MAX, Instant.MIN, 0)).isFalse();
    assertThat(Timeliness.DEFAULT.isTimely(Instant.MIN, Instant.MAX, 9)).isFalse();
  }

  @Test
  void refusesImpossibleBoundsAndRounds() {
    assertThatThrownBy(() -> new Timeliness(Duration.ofMillis(-1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Timeliness(Duration.ofMillis(30_001), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Timeliness(Duration.ZERO, Duration.ofHours(25)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Timeliness.DEFAULT.messageDelay(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
