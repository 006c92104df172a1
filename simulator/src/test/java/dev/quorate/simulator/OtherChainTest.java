package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.mutants.Mutant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever signs for two chains with one key: what was said in the one is nothing in the other. */
final class OtherChainTest {
  static List<String> engines() {
    return Engines.names();
  }

  @ParameterizedTest(name = Runs.NAME)
  @MethodSource("dev.quorate.simulator.Runs#ofThreeSeeds")
  void nothingThatWasSaidInAnotherChainOfTheSameValidatorsIsTaken(String engine, long seed) {
    var other = new OtherChain();

    assertThat(other.run(engine + " " + seed)).isEqualTo(OtherChain.NOTHING_TAKEN);
    assertThat(other.sent()).isGreaterThan(500);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void withoutTheChainIdInWhatIsSignedMuchOfItWouldBe(String engine) {
    var mutant =
        Mutant.of("consensus-core", "votes are signed without the chain id")
            .with(
                "dev/quorate/consensus/core/vote/CanonicalBytes.java",
                """
                            .setChainId(chainId);
                    if (!blockId.isNone()) {
                      vote.setBlockId\
                """,
                """
                            .setChainId("");
                    if (!blockId.isNone()) {
                      vote.setBlockId\
                """);

    assertThat(mutant.load(OtherChain.class).run(engine + " 1")).endsWith(" taken");
  }
}
