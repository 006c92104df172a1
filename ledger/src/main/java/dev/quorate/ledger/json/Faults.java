package dev.quorate.ledger.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a document, so that all of it can be told at once. */
public final class Faults {
  /** Beyond this many nobody reads on. */
  public static final int MAX = 100;

  private final List<Fault> faults = new ArrayList<>();

  /** One fault: where, of which member (empty for the document itself), and what it is. */
  public record Fault(Json.Place place, String path, String what) {
    String sentence() {
      return place + " " + (path.isEmpty() ? "" : path + ": ") + what;
    }
  }

  /** Notes a fault of the member with a path such as {@code limits.max_tx_bytes}. */
  public void add(Json.Place place, String path, String what) {
    if (faults.size() < MAX) {
      faults.add(new Fault(place, path, what));
    }
  }

  public boolean isEmpty() {
    return faults.isEmpty();
  }

  /** In the order of the document. */
  public List<Fault> inOrder() {
    return faults.stream().sorted(Comparator.comparing(Fault::place)).toList();
  }

  /** In the order of the document, each beginning with {@code line:column}. */
  public List<String> sentences() {
    return inOrder().stream().map(Fault::sentence).toList();
  }
}
