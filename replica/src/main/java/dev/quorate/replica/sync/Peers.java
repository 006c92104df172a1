package dev.quorate.replica.sync;

import dev.quorate.consensus.core.validators.ValidatorId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The other validators, in set order, and which of them can be reached. */
public final class Peers {
  private final List<ValidatorId> others;
  private final Set<ValidatorId> connected = new HashSet<>();

  public Peers(List<ValidatorId> others) {
    this.others = List.copyOf(others);
  }

  public void connect(ValidatorId peer) {
    connected.add(peer);
  }

  public void disconnect(ValidatorId peer) {
    connected.remove(peer);
  }

  /** Those that can be reached, in set order. */
  public List<ValidatorId> connected() {
    return others.stream().filter(connected::contains).toList();
  }

  /** A peer that can be reached and is not excepted: the first wish, else the next in set order. */
  Optional<ValidatorId> choose(ValidatorId wish, Set<ValidatorId> except) {
    int from = Math.max(0, others.indexOf(wish));
    for (int i = 0; i < others.size(); i++) {
      var peer = others.get((from + i) % others.size());
      if (connected.contains(peer) && !except.contains(peer)) {
        return Optional.of(peer);
      }
    }
    return Optional.empty();
  }
}
