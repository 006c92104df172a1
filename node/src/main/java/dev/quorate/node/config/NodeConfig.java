package dev.quorate.node.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node's own settings: nothing that validators agree on stands here. All paths are resolved.
 *
 * @param file the file that the settings were read from
 * @param name the validator's name in the genesis file
 * @param data the data folder
 * @param network the genesis file
 * @param keyFile the validator's key
 * @param api where clients are served
 * @param ops where operators are served
 */
public record NodeConfig(
    Path file,
    String name,
    Path data,
    Path network,
    Path keyFile,
    Address api,
    P2p p2p,
    Address ops,
    Pool pool,
    Log log) {

  /**
   * Where peers are met.
   *
   * @param peers the address of each other validator, by its name in the genesis file
   * @param listenTime how long the node asks them at most, before it votes, what they hold of it
   */
  public record P2p(Address listen, SortedMap<String, Address> peers, Duration listenTime) {
    /** Two seconds. */
    public static final Duration LISTEN_TIME = Duration.ofSeconds(2);

    public P2p {
      peers = Collections.unmodifiableSortedMap(new TreeMap<>(peers));
    }
  }

  /** How many transactions may wait, and how many bytes they may have together. */
  public record Pool(int maxTransactions, long maxBytes) {
    /** 100,000 transactions or 256 MiB. */
    public static final Pool DEFAULT = new Pool(100_000, 256L << 20);
  }

  /** What is logged, and how a line looks. */
  public record Log(Level level, Format format) {
    /** From the gravest on. */
    public enum Level {
      ERROR,
      WARN,
      INFO,
      DEBUG,
      TRACE
    }

    /** For people or for machines. */
    public enum Format {
      TEXT,
      JSON
    }
  }
}
