package dev.quorate.gateway;

import java.util.ArrayList;
import java.util.List;

/** Whether clients should be sent to this node: so if every check holds. */
public record Readiness(List<Check> checks) {

  /** One condition; {@code why} says in a few words what was found, also when all is well. */
  public record Check(String name, boolean ok, String why) {}

  public Readiness {
    checks = List.copyOf(checks);
  }

  public static Readiness of(Check... checks) {
    return new Readiness(List.of(checks));
  }

  public boolean ready() {
    return checks.stream().allMatch(Check::ok);
  }

  /** The same and one check more. */
  public Readiness and(Check check) {
    var more = new ArrayList<>(checks);
    more.add(check);
    return new Readiness(more);
  }
}
