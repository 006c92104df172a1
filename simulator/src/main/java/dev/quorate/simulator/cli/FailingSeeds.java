package dev.quorate.simulator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file of seeds that once failed, one a line with its engine, kept for ever and run by CI. */
final class FailingSeeds {
  private final Path file;

  FailingSeeds(Path file) {
    this.file = file;
  }

  /** Adds a seed unless it is there. */
  void add(long seed, String engine) {
    var line = seed + " " + engine;
    try {
      if (!Files.exists(file) || Files.readAllLines(file).stream().noneMatch(it -> is(it, line))) {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep seed " + seed + " in " + file, e);
    }
  }

  /** A comment may follow a seed. */
  private static boolean is(String found, String line) {
    return (found + " ").startsWith(line + " ");
  }
}
