package dev.quorate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.mutants.Mutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever signs for two chains with one key: what was said in the one is nothing in the other. */
final class OtherChainTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void nothingThatWasSaidInAnotherChainOfTheSameValidatorsIsTaken(long seed) {
    var other = new OtherChain();

    assertThat(other.run(Long.toString(seed))).isEqualTo(OtherChain.NOTHING_TAKEN);
    assertThat(other.sent()).isGreaterThan(500);
  }

  @Test
  void withoutTheChainIdInWhatIsSignedMuchOfItWouldBe() {
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

    assertThat(mutant.load(OtherChain.class).run("1")).endsWith(" taken");
  }
}
