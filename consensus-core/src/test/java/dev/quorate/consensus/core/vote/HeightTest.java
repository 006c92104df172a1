package dev.quorate.consensus.core.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeightTest {
  @Test
  void staysAtTheLargestNumber() {
    var largest = new Height(Long.MAX_VALUE);

    assertThat(largest.next()).isEqualTo(largest);
    assertThat(new Height(7).plus(Long.MAX_VALUE)).isEqualTo(largest);
    assertThat(new Height(Long.MAX_VALUE - 3).plus(3)).isEqualTo(largest);
  }

  @Test
  void isNeverNegative() {
    assertThatThrownBy(() -> new Height(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Height(0).previous()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Height(9).plus(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Round(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isOrderedByNumber() {
    assertThat(new Height(10)).isGreaterThan(new Height(9));
    assertThat(new Height(10).isAbove(new Height(9))).isTrue();
    assertThat(new Height(10).isAbove(new Height(10))).isFalse();
    assertThat(new Height(10).previous()).isEqualTo(new Height(9));
  }
}
