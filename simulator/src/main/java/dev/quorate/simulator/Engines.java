package dev.quorate.simulator;

import dev.quorate.consensus.core.EngineProvider;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The engines that can be simulated: all that are on the class path. */
public final class Engines {
  private static final SortedMap<String, EngineProvider<?>> ALL = load();

  private Engines() {}

  /** Their names, in order. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  static EngineProvider<?> find(String name) {
    var provider = ALL.get(name);
    if (provider == null) {
      throw new IllegalArgumentException("no engine " + name + "; there are " + names());
    }
    return provider;
  }

  private static SortedMap<String, EngineProvider<?>> load() {
    var providers = new TreeMap<String, EngineProvider<?>>();
    for (EngineProvider<?> provider : ServiceLoader.load(EngineProvider.class)) {
      providers.put(provider.name(), provider);
    }
    return Collections.unmodifiableSortedMap(providers);
  }
}
