package dev.quorate.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The main sources of a module of the project that the working folder is in. */
record SourceTree(Path root) {
  /** Looks for the module's folder beside or above the working folder. */
  static SourceTree ofModule(String module) {
    var start = Path.of("").toAbsolutePath();
    for (var folder = start; folder != null; folder = folder.getParent()) {
      var sources = folder.resolve(module).resolve("src/main/java");
      if (Files.isDirectory(sources)) {
        return new SourceTree(sources);
      }
    }
    throw new IllegalStateException("no module " + module + " beside or above " + start);
  }

  /** Every source file with its text, by path. */
  Map<Path, String> read() {
    var sources = new TreeMap<Path, String>();
    try (var files = Files.walk(root)) {
      for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        sources.put(file, Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }
}
