package dev.quorate.node.network;

import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.node.config.NearestWord;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The engines that this program was built with, by name. */
public final class Engines {
  private Engines() {}

  /** Their names, in order. */
  public static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /** The engine of a name. */
  public static Optional<EngineProvider<?>> find(String name) {
    return Optional.ofNullable(all().get(name));
  }

  /** The sentence for a name that no engine has. */
  public static String unknown(String name) {
    var names = names();
    return "unknown engine \"%s\"%s (%s)"
        .formatted(name, NearestWord.hint(name, names), String.join(", ", names));
  }

  private static SortedMap<String, EngineProvider<?>> all() {
    var providers = new TreeMap<String, EngineProvider<?>>();
    for (EngineProvider<?> provider : ServiceLoader.load(EngineProvider.class)) {
      providers.put(provider.name(), provider);
    }
    return providers;
  }
}
