package dev.quorate.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.Verdict.Agreed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lives of every engine that there is; each is recorded once. */
final class Lives {
  private static final Map<String, List<? extends EngineLife<?>>> RECORDED = new HashMap<>();

  private Lives() {}

  /** All engines, by name. */
  static SortedMap<String, EngineProvider<?>> engines() {
    var engines = new TreeMap<String, EngineProvider<?>>();
    for (EngineProvider<?> provider : ServiceLoader.load(EngineProvider.class)) {
      assertThat(engines.put(provider.name(), provider)).as(provider.name()).isNull();
    }
    return engines;
  }

  /** The engine of a name that there is. */
  static EngineProvider<?> engine(String name) {
    var engine = engines().get(name);
    if (engine == null) {
      throw new IllegalArgumentException("no engine " + name);
    }
    return engine;
  }

  /**
   * The lives of a, b, c and d: with leaders that are cut off and killed, so that there is every
   * kind of message.
   */
  static synchronized List<? extends EngineLife<?>> of(String engine) {
    return RECORDED.computeIfAbsent(engine, it -> record(engine(it)));
  }

  private static <M extends Message<M>> List<EngineLife<M>> record(EngineProvider<M> provider) {
    var recorder = new Recorder();
    var simulation =
        Simulation.seeded(7)
            .engine(provider.name())
            .powers(1, 1, 1, 1)
            .traffic(40, 2)
            .oracle(recorder);
    simulation
        .at(Duration.ofMillis(800), () -> simulation.partition("a"))
        .at(Duration.ofMillis(3_500), simulation::heal)
        .at(Duration.ofMillis(4_500), () -> simulation.crash("b"))
        .at(Duration.ofMillis(7_000), () -> simulation.restart("b"))
        .at(Duration.ofMillis(7_500), () -> simulation.partition("c", "d"))
        .at(Duration.ofMillis(9_000), simulation::heal);
    assertThat(simulation.runFor(Duration.ofSeconds(10)))
        .as(simulation.toString())
        .isInstanceOfSatisfying(Agreed.class, it -> assertThat(it.highest()).isGreaterThan(20));
    return recorder.lives(provider);
  }
}
