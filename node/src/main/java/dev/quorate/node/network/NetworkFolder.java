package dev.quorate.node.network;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyFile;
import dev.quorate.crypto.KeyPair;
import dev.quorate.ledger.Genesis;
import dev.quorate.node.StartRefused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A folder with {@code genesis.json} and, for each node, {@code node-i/node.toml} and {@code
 * node-i/node.key}.
 *
 * @param genesis what was agreed on
 * @param configs the nodes' files, in the order of their numbers
 */
public record NetworkFolder(Genesis genesis, List<Path> configs) {
  private static final String GENESIS = "genesis.json";
  private static final String CONFIG = "node.toml";
  private static final String KEY = "node.key";
  private static final int SUFFIX = 4;
  private static final String DEMO_KEY = "# A DEMO KEY: it is published and protects nothing.\n";

  public NetworkFolder {
    configs = List.copyOf(configs);
  }

  /** Refuses a folder that holds anything. */
  public static void requireEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new StartRefused(folder + " is not empty; nothing was written");
      }
    } catch (IOException e) {
      throw new StartRefused(folder + " is no folder that can be read; nothing was written");
    }
  }

  /** The network that a folder holds; empty for a folder without one. */
  public static Optional<NetworkFolder> find(Path folder) {
    var file = folder.resolve(GENESIS);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var genesis = GenesisFile.read(file);
    return Optional.of(new NetworkFolder(genesis, configs(folder, genesis.validators().size())));
  }

  /**
   * Writes a new network. Equal keys, times and plans give equal files.
   *
   * @param kind the first word of the chain id, which ends with a digest of the keys
   * @param keys one for each node
   * @param demo whether the keys are published and protect nothing
   */
  public static NetworkFolder create(
      Path folder, NetworkPlan plan, String kind, List<KeyPair> keys, Instant now, boolean demo) {
    requireEmpty(folder);
    var time = now.truncatedTo(ChronoUnit.SECONDS);
    var builder = Genesis.builder(kind + "-" + suffix(keys), time, plan.engine()).demo(demo);
    for (int i = 0; i < plan.size(); i++) {
      builder.validator(NetworkPlan.name(i), keys.get(i).publicKey(), plan.powers().get(i));
    }
    var genesis = builder.build();
    try {
      Files.createDirectories(folder);
      for (int i = 0; i < plan.size(); i++) {
        var node = Files.createDirectory(folder.resolve(NetworkPlan.name(i)));
        KeyFile.create(node.resolve(KEY), keys.get(i));
        Files.writeString(node.resolve(CONFIG), toml(plan, i, genesis));
      }
      Files.write(folder.resolve(GENESIS), genesis.bytes().toArray());
    } catch (IOException e) {
      throw new StartRefused(
          "the network cannot be written into " + folder + ": " + FileTrouble.why(e));
    }
    return new NetworkFolder(genesis, configs(folder, plan.size()));
  }

  private static List<Path> configs(Path folder, int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> folder.resolve(NetworkPlan.name(i)).resolve(CONFIG))
        .toList();
  }

  private static String suffix(List<KeyPair> keys) {
    var all = new ByteArrayOutputStream();
    keys.forEach(pair -> pair.publicKey().bytes().writeTo(all));
    return Hash.sha256(Bytes.wrap(all.toByteArray())).bytes().hex().substring(0, SUFFIX);
  }

  private static String toml(NetworkPlan plan, int node, Genesis genesis) {
    var peers =
        IntStream.range(0, plan.size())
            .filter(i -> i != node)
            .mapToObj(i -> "%s = \"%s\"%n".formatted(NetworkPlan.name(i), plan.p2p(i)))
            .collect(Collectors.joining());
    return """
    # %1$s of network %2$s. Relative paths start from this folder.
    [node]
    name = "%1$s"
    data = "data"
    network = "../%3$s"

    [key]
    %9$sfile = "%4$s"

    [api]
    listen = "%5$s"

    [p2p]
    listen = "%6$s"

    # Where the others listen, by their names in the genesis file.
    [p2p.peers]
    %8$s
    [ops]
    listen = "%7$s"
    """
        .formatted(
            NetworkPlan.name(node),
            genesis.chainId(),
            GENESIS,
            KEY,
            plan.api(node),
            plan.p2p(node),
            plan.ops(node),
            peers,
            genesis.demo() ? DEMO_KEY : "");
  }
}
