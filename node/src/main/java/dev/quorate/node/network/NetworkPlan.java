package dev.quorate.node.network;

import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.node.config.Address;
import java.util.ArrayList;
import java.util.List;

/**
 * What a new network shall be like. Node i listens at {@code portBase + 10 i} for clients, one port
 * higher for peers and two higher for operators.
 *
 * @param engine the engine's name
 * @param powers the weight of each validator, at least 1; as many as there are nodes
 * @param portBase the first node's first port
 * @param host where all nodes listen
 */
public record NetworkPlan(String engine, List<Long> powers, int portBase, String host) {
  /** The most validators that one call makes. */
  public static final int MAX_VALIDATORS = 100;

  private static final int PORTS_A_NODE = 10;
  private static final int HIGHEST_PORT = 65_535;

  /** No more than what stands in a quoted text of TOML without an escape. */
  private static final String HOST = "[A-Za-z0-9._:%-]+";

  public NetworkPlan {
    powers = List.copyOf(powers);
  }

  /** What cannot be made of this plan, a sentence each. */
  public List<String> faults() {
    var faults = new ArrayList<String>();
    if (powers.isEmpty() || powers.size() > MAX_VALIDATORS) {
      faults.add(
          "a network has 1 to %d validators, not %d".formatted(MAX_VALIDATORS, powers.size()));
    }
    long total = 0;
    for (long power : powers) {
      if (power < 1 || power > ValidatorSet.MAX_TOTAL_POWER - total) {
        faults.add(
            "a power is at least 1 and all together are at most %d: %d"
                .formatted(ValidatorSet.MAX_TOTAL_POWER, power));
        break;
      }
      total += power;
    }
    int last = portBase + PORTS_A_NODE * (powers.size() - 1) + 2;
    if (portBase < 1 || last > HIGHEST_PORT) {
      faults.add("ports %d to %d are not within 1..%d".formatted(portBase, last, HIGHEST_PORT));
    }
    if (!host.matches(HOST)) {
      faults.add("a host is a name or an address such as 127.0.0.1, not \"%s\"".formatted(host));
    }
    return faults;
  }

  public int size() {
    return powers.size();
  }

  /** The name of a node, and of its folder. */
  public static String name(int node) {
    return "node-" + node;
  }

  Address api(int node) {
    return new Address(host, portBase + PORTS_A_NODE * node);
  }

  Address p2p(int node) {
    return new Address(host, portBase + PORTS_A_NODE * node + 1);
  }

  Address ops(int node) {
    return new Address(host, portBase + PORTS_A_NODE * node + 2);
  }
}
