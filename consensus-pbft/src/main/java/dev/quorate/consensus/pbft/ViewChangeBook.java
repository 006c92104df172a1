package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The highest ViewChange of each validator; a lower one is forgotten. */
final class ViewChangeBook {
  private final ValidatorSet validators;
  private final Map<ValidatorId, ViewChange> latest = new HashMap<>();
  private final Map<ValidatorId, View> claimed = new HashMap<>();

  ViewChangeBook(ValidatorSet validators) {
    this.validators = validators;
  }

  /** Keeps a valid ViewChange unless the claimant's latest is for that view or a higher one. */
  boolean add(ViewChange message) {
    var claimant = message.claim().claimant();
    var earlier = latest.get(claimant);
    if (earlier != null && !message.claim().newView().isAbove(earlier.claim().newView())) {
      return false;
    }
    latest.put(claimant, message);
    return true;
  }

  /** A claim that came in somebody's NewView: it counts for the timer, and for nothing else. */
  void heard(Claim claim) {
    if (validators.contains(claim.claimant())) {
      claimed.merge(
          claim.claimant(), claim.newView(), (one, other) -> other.isAbove(one) ? other : one);
    }
  }

  /**
   * R10: the smallest of the views above {@code floor} that validators want, once those who want
   * any such view are a weak quorum.
   */
  Optional<View> viewToJoin(View floor) {
    var wanted = new TreeSet<View>();
    long power = 0;
    for (var message : latest.values()) {
      var view = message.claim().newView();
      if (view.isAbove(floor)) {
        wanted.add(view);
        power += validators.powerOf(message.claim().claimant());
      }
    }
    return validators.isWeakQuorum(power) ? Optional.of(wanted.first()) : Optional.empty();
  }

  /** Those whose latest ViewChange is for a view above this one. */
  Set<ValidatorId> claimantsAbove(View view) {
    var found = new HashSet<ValidatorId>();
    latest.forEach(
        (claimant, message) -> {
          if (message.claim().newView().isAbove(view)) {
            found.add(claimant);
          }
        });
    return found;
  }

  /** Whether a quorum wants this view or a higher one: its timer may start. */
  boolean hasQuorumAtOrAbove(View view) {
    long power = 0;
    for (var member : validators.members()) {
      if (wants(member.id(), view)) {
        power += member.power();
      }
    }
    return validators.isQuorum(power);
  }

  /** The ViewChanges for exactly this view, in set order. */
  List<ViewChange> forExactly(View view) {
    var found = new ArrayList<ViewChange>();
    for (var member : validators.members()) {
      Optional.ofNullable(latest.get(member.id()))
          .filter(message -> message.claim().newView().equals(view))
          .ifPresent(found::add);
    }
    return found;
  }

  /** The highest ViewChange of a validator. */
  Optional<ViewChange> of(ValidatorId claimant) {
    return Optional.ofNullable(latest.get(claimant));
  }

  private boolean wants(ValidatorId claimant, View view) {
    var message = latest.get(claimant);
    var heard = claimed.get(claimant);
    return (message != null && !view.isAbove(message.claim().newView()))
        || (heard != null && !view.isAbove(heard));
  }
}
