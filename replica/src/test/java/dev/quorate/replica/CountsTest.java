package dev.quorate.replica;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountsTest {
  private final Counts counts = new Counts();

  @Test
  void tellsOnlySoManyReasonsApart() {
    for (int i = 0; i < Counts.MAX_REASONS + 10; i++) {
      counts.addIgnored("reason " + i);
    }
    counts.addIgnored("reason 0");

    assertThat(counts.ignored()).hasSize(Counts.MAX_REASONS + 1);
    assertThat(counts.ignored()).containsEntry("reason 0", 2L).containsEntry(Counts.OTHER, 10L);
  }

  @Test
  void addsUp() {
    counts.add(Count.STEPS);
    counts.add(Count.STEPS, 4);

    assertThat(counts.of(Count.STEPS)).isEqualTo(5);
    assertThat(counts.of(Count.WRITES)).isZero();
  }
}
