package dev.quorate.simulator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * A line for each chunk of seeds that was run, so that a long campaign can go on where it was
 * stopped: {@code commit engine from to agreed invalid violated}, separated by blanks.
 */
final class ResultsFile {
  private final Path file;
  private final String engine;
  private final String commit;
  private final Set<String> done = new HashSet<>();

  private ResultsFile(Path file, String engine, String commit) {
    this.file = file;
    this.engine = engine;
    this.commit = commit;
  }

  /** The file with what it has; chunks of another commit count for nothing. */
  static ResultsFile open(Path file, String engine) {
    var results = new ResultsFile(file, engine, System.getProperty("quorate.commit", "unknown"));
    try {
      if (Files.exists(file)) {
        for (var line : Files.readAllLines(file)) {
          var words = line.split(" ", -1);
          if (words.length >= 4) {
            results.done.add(String.join(" ", words[0], words[1], words[2], words[3]));
          }
        }
      }
      return results;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  boolean isDone(long from, long to) {
    return done.contains(key(from, to));
  }

  void append(Campaign.Chunk chunk) {
    var line =
        "%s %d %d %s%n"
            .formatted(
                key(chunk.from(), chunk.to()),
                chunk.agreed(),
                chunk.invalid(),
                chunk.violated().isEmpty() ? "-" : chunk.violated().toString().replace(" ", ""));
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private String key(long from, long to) {
    return commit + " " + engine + " " + from + " " + to;
  }
}
