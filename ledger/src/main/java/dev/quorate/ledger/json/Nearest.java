package dev.quorate.ledger.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
final class Nearest {
  private Nearest() {}

  /** The known name that the fewest single-letter edits lead to, if there are few of them. */
  static Optional<String> to(String name, Collection<String> known) {
    int most = Math.max(1, Math.min(3, name.length() / 3));
    return known.stream()
        .filter(it -> distance(name, it) <= most)
        .min(Comparator.comparingInt(it -> distance(name, it)));
  }

  /** Levenshtein's distance, of names cut to 64 letters. */
  private static int distance(String left, String right) {
    var from = left.substring(0, Math.min(64, left.length()));
    var to = right.substring(0, Math.min(64, right.length()));
    var above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = above[0];
      above[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int substitution = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = above[j];
        above[j] = Math.min(substitution, 1 + Math.min(above[j], above[j - 1]));
      }
    }
    return above[to.length()];
  }
}
