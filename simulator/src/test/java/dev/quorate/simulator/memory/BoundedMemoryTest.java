package dev.quorate.simulator.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.simulator.Verdict;
import dev.quorate.simulator.pbft.trick.Flood;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** O21: whatever one validator sends without end, the others hold no more after a while. */
final class BoundedMemoryTest {
  @ParameterizedTest(name = "{0}")
  @EnumSource(Flood.class)
  void whatIsHeldOfAFloodDoesNotGrowWithTheFlood(Flood flood) {
    isBounded(flood, new PbftDeluge());
  }

  @ParameterizedTest(name = "tendermint {0}")
  @EnumSource(dev.quorate.simulator.tendermint.trick.Flood.class)
  void norDoesItWithTendermint(dev.quorate.simulator.tendermint.trick.Flood flood) {
    isBounded(flood, new TendermintDeluge());
  }

  private static void isBounded(Enum<?> flood, Deluge deluge) {
    var peaks = deluge.under(flood.name(), 1);

    assertThat(peaks.growth()).as("%s %s", flood, peaks.growth()).isEqualTo(Deluge.BOUNDED);
    assertThat(peaks.verdict()).isInstanceOf(Verdict.Agreed.class);
  }

  @Test
  void eachObjectIsCountedOnceHoweverItIsReached() {
    var shared = new ArrayList<>(List.of("one", "other"));
    var pair = List.of(shared, shared);

    assertThat(Held.by(pair)).isEqualTo(new Held(4, 8));
  }
}
