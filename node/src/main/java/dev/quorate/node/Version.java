package dev.quorate.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Which program this is.
 *
 * @param number the version of the build
 * @param commit the commit that it was built from, abbreviated; {@code unknown} outside a clone
 */
public record Version(String number, String commit) {
  private static final String COMMIT = "quorate.commit";

  /** What the build wrote down; the launcher knows better which commit is checked out. */
  public static Version current() {
    var properties = new Properties();
    try (var in = Version.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var number = properties.getProperty("version", "unknown");
    var checkedOut = System.getProperty(COMMIT, "");
    return new Version(number, checkedOut.isEmpty() ? builtCommit() : checkedOut);
  }

  /** {@code quorate 0.1.0 (commit 0123456789ab)}. */
  @Override
  public String toString() {
    return "quorate " + number + " (commit " + commit + ")";
  }

  private static String builtCommit() {
    try (var in = Version.class.getResourceAsStream("commit")) {
      var text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? "unknown" : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
