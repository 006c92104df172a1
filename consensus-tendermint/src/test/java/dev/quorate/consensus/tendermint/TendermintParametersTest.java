package dev.quorate.consensus.tendermint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.message.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TendermintParametersTest {
  private static final TendermintParameters DEFAULTS = TendermintParameters.of(new TreeMap<>());

  @Test
  void timeoutsGrowByTheRoundUpToTheCap() {
    assertThat(DEFAULTS.timeout(Step.PROPOSE, Round.ZERO)).isEqualTo(Duration.ofMillis(300));
    assertThat(DEFAULTS.timeout(Step.PREVOTE, new Round(3))).isEqualTo(Duration.ofMillis(400));
    assertThat(DEFAULTS.timeout(Step.PRECOMMIT, new Round(Integer.MAX_VALUE)))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void saysWhatIsWrongWithAGenesisFile() {
    var given =
        new TreeMap<>(Map.of("t_propose_ms", 0L, "window", 4L, "empty_block_interval_ms", 5L));

    assertThat(TendermintParameters.faults(given))
        .containsExactly(
            "parameters.empty_block_interval_ms: 5 is not 0 or between 10 and 3600000",
            "parameters.t_propose_ms: 0 is not between 1 and 600000",
            "parameters.window: no such parameter of tendermint; there are t_propose_ms,"
                + " t_prevote_ms, t_precommit_ms, t_per_round_ms, t_max_ms, t_rebroadcast_ms,"
                + " t_status_ms, empty_block_interval_ms, t_forward_ms, t_complain_ms");
  }

  @Test
  void zeroMeansNoEmptyBlocks() {
    assertThat(TendermintParameters.of(new TreeMap<>(Map.of("empty_block_interval_ms", 0L))))
        .isEqualTo(DEFAULTS);
    assertThat(DEFAULTS.emptyBlockInterval()).isEmpty();
  }

  @Test
  void theEngineIsFoundByItsName() {
    var names = new ArrayList<String>();
    for (EngineProvider<?> provider : ServiceLoader.load(EngineProvider.class)) {
      names.add(provider.name());
    }

    assertThat(names).contains("tendermint");
    assertThat(new TendermintProvider().blockShape())
        .isEqualTo(new BlockShape(BlockShape.LastCommit.CARRIED, BlockShape.EmptyBlocks.ALLOWED));
  }
}
