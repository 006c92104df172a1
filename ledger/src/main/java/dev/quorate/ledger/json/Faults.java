package dev.quorate.ledger.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a document, so that all of it can be told at once. */
public final class Faults {
  /** Beyond this many nobody reads on. */
  public static final int MAX = 100;

  private final List<Fault> faults = new ArrayList<>();

  private record Fault(Json.Place place, String sentence) {}

  /** Notes a fault of the member with a path such as {@code limits.max_tx_bytes}. */
  public void add(Json.Place place, String path, String what) {
    if (faults.size() < MAX) {
      var subject = path.isEmpty() ? "" : path + ": ";
      faults.add(new Fault(place, place + " " + subject + what));
    }
  }

  public boolean isEmpty() {
    return faults.isEmpty();
  }

  /** In the order of the document, each beginning with {@code line:column}. */
  public List<String> sentences() {
    return faults.stream().sorted(Comparator.comparing(Fault::place)).map(Fault::sentence).toList();
  }
}
