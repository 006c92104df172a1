package dev.quorate.node.config;

import java.util.List;

/** What came of reading a configuration. */
public sealed interface ConfigReading {
  /** It is as it must be. */
  record Loaded(NodeConfig config) implements ConfigReading {}

  /** Everything that is wrong with it, at least one thing. */
  record Faulty(List<Fault> faults) implements ConfigReading {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }
}
