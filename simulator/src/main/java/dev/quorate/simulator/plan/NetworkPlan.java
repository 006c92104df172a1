package dev.quorate.simulator.plan;

import dev.quorate.ledger.Limits;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The network of a run.
 *
 * @param engine the name under which its provider is found
 * @param powers of the validators a, b, c, ... in this order
 * @param parameters of the engine, those that are not at their default
 * @param realSignatures Ed25519 instead of keyed hashes
 */
public record NetworkPlan(
    String engine,
    List<Long> powers,
    SortedMap<String, Long> parameters,
    Limits limits,
    boolean realSignatures) {
  /** The most validators that have a name. */
  public static final int MAX_VALIDATORS = 26;

  public NetworkPlan {
    powers = List.copyOf(powers);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    if (powers.isEmpty() || powers.size() > MAX_VALIDATORS) {
      throw new IllegalArgumentException(powers.size() + " validators");
    }
  }

  /** What validator number {@code index} is called, from 0. */
  public static String nameOf(int index) {
    return String.valueOf((char) ('a' + index));
  }
}
