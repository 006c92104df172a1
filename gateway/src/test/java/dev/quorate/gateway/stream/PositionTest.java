package dev.quorate.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "42.0", "42.1000", "9223372036854775806.2147483646"})
  void readsWhatItWrites(String text) {
    assertThat(Position.parse(text).orElseThrow()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1.",
        ".1",
        "-1",
        "+1",
        "01",
        "1.01",
        "1.-1",
        "1.2.3",
        " 1",
        "1 ",
        "x",
        "\u0661",
        "9223372036854775807",
        "99999999999999999999",
        "1.2147483647"
      })
  void refusesEverythingElse(String text) {
    assertThat(Position.parse(text)).isEmpty();
  }

  @Test
  void putsABlockBeforeItsTransactionsAndThoseBeforeTheNextBlock() {
    var block = Position.ofBlock(4);

    assertThat(block).isLessThan(block.next());
    assertThat(block.next()).isEqualTo(new Position(4, 0)).isLessThan(block.nextBlock());
    assertThat(new Position(4, 9).nextBlock()).isEqualTo(Position.ofBlock(5));
  }
}
