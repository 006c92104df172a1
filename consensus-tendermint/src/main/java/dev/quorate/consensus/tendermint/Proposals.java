package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.message.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The proposals of the current round and of the next one: of each the first, and of a proposer that
 * makes two perhaps one more, which a polka backs.
 */
final class Proposals {
  private final NavigableMap<Round, List<Held>> byRound = new TreeMap<>();

  /**
   * A proposal that came from its proposer.
   *
   * @param timely whether its time fitted the moment at which it came; matters only where it is
   *     fresh (L22)
   */
  record Held(Proposal proposal, boolean timely) {}

  /** The first proposal of a round. */
  Optional<Held> first(Round round) {
    return all(round).stream().findFirst();
  }

  /** The first proposal of a round, and the second one if there is one. */
  List<Held> all(Round round) {
    return byRound.getOrDefault(round, List.of());
  }

  boolean holds(Proposal proposal) {
    return all(proposal.round()).stream()
        .map(Held::proposal)
        .anyMatch(
            it ->
                it.block().equals(proposal.block())
                    && it.validRound().equals(proposal.validRound()));
  }

  void add(Held held) {
    byRound.computeIfAbsent(held.proposal().round(), it -> new ArrayList<>(1)).add(held);
  }

  /** Forgets the rounds below. */
  void enter(Round round) {
    byRound.headMap(round, false).clear();
  }

  void clear() {
    byRound.clear();
  }

  /** All that are held. */
  List<Proposal> all() {
    return byRound.values().stream().flatMap(List::stream).map(Held::proposal).toList();
  }
}
