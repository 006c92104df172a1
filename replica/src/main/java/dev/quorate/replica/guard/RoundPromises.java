package dev.quorate.replica.guard;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignPosition.Kind;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Hash;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was signed in Tendermint's shape: at the last height and round one proposal, one prevote and
 * one precommit. Nothing is signed at a lower height or round.
 */
record RoundPromises(Height height, Round round, SortedMap<Kind, Given> given) {
  static final RoundPromises NONE =
      new RoundPromises(new Height(0), Round.ZERO, Collections.emptySortedMap());

  RoundPromises {
    given = Collections.unmodifiableSortedMap(given);
  }

  Judgement judge(SignPosition position, Hash said) {
    int order = compare(position);
    if (order < 0) {
      return new Judgement.Refused("a vote below height %s, round %s".formatted(height, round));
    }
    var before = order == 0 ? given.get(position.kind()) : null;
    return before == null ? Judgement.FRESH : Judgement.again(before, said);
  }

  /** These promises and one more. */
  RoundPromises with(SignPosition position, Given more) {
    var there = compare(position) > 0 ? new TreeMap<Kind, Given>() : new TreeMap<>(given);
    there.put(position.kind(), more);
    return new RoundPromises(position.height(), position.round(), there);
  }

  /** Whether something signed with our key at this position was never signed here. */
  boolean isForeign(SignPosition position, Hash said) {
    int order = compare(position);
    var before = given.get(position.kind());
    return order > 0 || (order == 0 && (before == null || !before.said().equals(said)));
  }

  private int compare(SignPosition position) {
    int byHeight = position.height().compareTo(height);
    return byHeight != 0 ? byHeight : position.round().compareTo(round);
  }
}
