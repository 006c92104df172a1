package dev.quorate.simulator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link ResultLine} for each chunk of seeds that was run, so that a long campaign can go on
 * where it was stopped, and say in the end what all of it came to.
 */
final class ResultsFile {
  private final Path file;
  private final String engine;
  private final String commit;

  /** Lines by what they begin with. */
  private final Map<String, String> lines = new HashMap<>();

  /** Whether the last line is cut short: it counts for nothing, wherever it ends. */
  private boolean torn;

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
        var text = Files.readString(file);
        results.torn = !text.isEmpty() && !text.endsWith("\n");
        var whole = text.substring(0, text.lastIndexOf('\n') + 1);
        for (var line : whole.lines().toList()) {
          int end = line.indexOf('\t');
          if (end > 0) {
            results.lines.put(line.substring(0, end), line);
          }
        }
      }
      return results;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** What came of a chunk, if it was run. */
  Optional<Chunk> find(long from, long to) {
    var key = key(from, to);
    return Optional.ofNullable(lines.get(key)).flatMap(it -> ResultLine.read(it, key, from, to));
  }

  void append(Chunk chunk) {
    var line = ResultLine.of(key(chunk.from(), chunk.to()), chunk) + "\n";
    var end = torn ? ResultLine.CUT_SHORT + "\n" : "";
    try {
      Files.writeString(file, end + line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      torn = false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private String key(long from, long to) {
    return commit + " " + engine + " " + from + " " + to;
  }
}
