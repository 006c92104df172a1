package dev.quorate.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.View;
import org.junit.jupiter.api.Test;

final class PrimariesTest {
  private final Primaries stable = Primaries.of(Validators.FOUR.set(), 0);
  private final Primaries rotating = Primaries.of(Validators.FOUR.set(), 1);

  @Test
  void aViewHasOnePrimaryForAllItsHeightsWithoutRotation() {
    assertThat(stable.of(new View(3), new Height(1)))
        .isEqualTo(stable.of(new View(3), new Height(Long.MAX_VALUE)));
  }

  @Test
  void theNextViewAndTheNextHeightHaveTheSamePrimaryWhenEveryHeightTurns() {
    assertThat(rotating.of(new View(1), new Height(7)))
        .isEqualTo(rotating.of(new View(0), new Height(8)))
        .isNotEqualTo(rotating.of(new View(0), new Height(7)));
  }

  /** Found by seed 10078: a stranger's numbers stopped whoever looked up their primary. */
  @Test
  void theLargestNumbersThatAPeerCanNameHaveAPrimary() {
    var primary = rotating.of(new View(Integer.MAX_VALUE), new Height(Long.MAX_VALUE));

    assertThat(Validators.FOUR.set().contains(primary)).isTrue();
  }
}
