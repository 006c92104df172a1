package dev.quorate.gateway.http;

import java.util.List;
import java.util.Locale;

/** For how long a client is willing to wait for a commit. */
sealed interface Wait {
  /** Longer waits are cut to this, in seconds. */
  int MAX_SECONDS = 60;

  /** Up to {@link #MAX_SECONDS}; 0 is an answer at once. */
  record Seconds(int value) implements Wait {}

  /** Not a whole number of seconds. */
  record Faulty(Problem problem) implements Wait {}

  /** The answer comes at once. */
  Wait NONE = new Seconds(0);

  /** {@code wait} of a Prefer header (RFC 7240); other preferences are none of our business. */
  static Wait ofPrefer(List<String> headers) {
    for (var header : headers) {
      for (var preference : header.split(",", -1)) {
        var words = preference.split(";", 2)[0].strip();
        int equals = words.indexOf('=');
        if (equals > 0 && words.substring(0, equals).strip().equalsIgnoreCase("wait")) {
          return of("Prefer", unquoted(words.substring(equals + 1).strip()));
        }
        if (words.toLowerCase(Locale.ROOT).equals("wait")) {
          return of("Prefer", "");
        }
      }
    }
    return NONE;
  }

  /** A number of seconds as it stands in the named place. */
  static Wait of(String field, String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      return new Faulty(Problem.parameter(field, "wait must be a whole number of seconds"));
    }
    return new Seconds(
        text.length() > 9 ? MAX_SECONDS : Math.min(Integer.parseInt(text), MAX_SECONDS));
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
