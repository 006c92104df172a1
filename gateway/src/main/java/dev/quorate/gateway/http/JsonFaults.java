package dev.quorate.gateway.http;

import dev.quorate.ledger.json.Faults;

/** Says what is wrong with a JSON body in the form of a problem. */
public final class JsonFaults {
  private JsonFaults() {}

  /** The first fault's member as {@code field} ({@code body} if it has none), all in words. */
  public static Problem problem(Faults faults) {
    var first = faults.inOrder().getFirst();
    var field = first.path().isEmpty() ? "body" : first.path();
    return Problem.body(field, String.join("; ", faults.sentences()));
  }
}
