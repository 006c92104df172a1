package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.quorate.simulator.byzantine.Silent;
import dev.quorate.simulator.mark.Marks;
import dev.quorate.simulator.node.Sin;
import dev.quorate.simulator.oracle.Agreement;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SimulationTest {
  static Stream<Arguments> choices() {
    return Stream.of(
        choice("engine", it -> it.engine("pbft")),
        choice("the chain", it -> it.chain("other")),
        choice("powers", it -> it.powers(1, 1, 1, 1)),
        choice("parameters", it -> it.parameter("window", 2)),
        choice("signatures", Simulation::realSignatures),
        choice("traffic", it -> it.traffic(1, 1)),
        choice("pools", it -> it.pool(10, 10_000)),
        choice("sins", it -> it.sin("a", Sin.NONE)),
        choice("tricks", it -> it.plays("a", new Silent())),
        choice("tricks", Simulation::colluding),
        choice("oracles", it -> it.oracles(List.of())),
        choice("oracles", it -> it.oracle(new Agreement())),
        choice("marks", it -> it.mark(Marks.ofAnyEngine().getFirst())),
        choice("listeners", it -> it.listen(_ -> {})));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("choices")
  void whatIsChosenForANetworkThatIsMadeAlreadyIsRefused(
      String what, UnaryOperator<Simulation> choice) {
    var begun = Simulation.seeded(1).at(Duration.ofSeconds(1), () -> {});

    assertThatIllegalStateException()
        .isThrownBy(() -> choice.apply(begun))
        .withMessage(what + " must be chosen before the first thing is planned or looked at");
  }

  private static Arguments choice(String what, UnaryOperator<Simulation> choice) {
    return Arguments.of(what, choice);
  }
}
