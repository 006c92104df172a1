package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.View;
import java.time.Instant;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The last vote of one type that this replica gave at each undelivered height. */
final class OwnVotes {
  private final NavigableMap<Height, OwnVote> votes = new TreeMap<>();

  /** What was voted for, in which view. */
  record OwnVote(View view, Height height, BlockId id, Instant time) {}

  /** Remembers a vote; refuses another one for the same view, and one for a lower view. */
  void add(OwnVote vote) {
    var earlier = votes.get(vote.height());
    if (earlier != null && !vote.view().isAbove(earlier.view()) && !earlier.equals(vote)) {
      throw new IllegalStateException("voted " + earlier + " and would now vote " + vote);
    }
    votes.put(vote.height(), vote);
  }

  Optional<OwnVote> at(Height height) {
    return Optional.ofNullable(votes.get(height));
  }

  /** Whether there is a vote at the height in this view or a higher one. */
  boolean hasVoted(Height height, View view) {
    var vote = votes.get(height);
    return vote != null && !view.isAbove(vote.view());
  }

  /** By height. */
  Collection<OwnVote> all() {
    return votes.values();
  }

  /** Forgets what is delivered. */
  void advance(Height delivered) {
    votes.headMap(delivered, true).clear();
  }
}
