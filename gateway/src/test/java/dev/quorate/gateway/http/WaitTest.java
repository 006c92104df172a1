package dev.quorate.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait=5|5",
        "wait=0|0",
        "WAIT = 7|7",
        "respond-async, wait=10|10",
        "wait=\"9\"|9",
        "wait=8; x=y|8",
        "wait=60|60",
        "wait=61|60",
        "wait=99999999999999999999|60",
        "wait=3, wait=4|3",
        "return=minimal|0",
        "waiting=5|0"
      })
  void readsThePreferenceAndCutsItToAMinute(String header, int seconds) {
    assertThat(Wait.ofPrefer(List.of(header))).isEqualTo(new Wait.Seconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "wait=", "wait=\"\"", "wait=-1", "wait=1s", "wait=1.0"})
  void refusesWhatIsNoNumberOfSeconds(String header) {
    assertThat(Wait.ofPrefer(List.of(header))).isInstanceOf(Wait.Faulty.class);
  }

  @Test
  void looksIntoEveryHeader() {
    assertThat(Wait.ofPrefer(List.of("return=minimal", "wait=2"))).isEqualTo(new Wait.Seconds(2));
    assertThat(Wait.ofPrefer(List.of())).isEqualTo(Wait.NONE);
  }
}
