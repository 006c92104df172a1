package dev.quorate.replica.guard;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Hash;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was signed in PBFT's shape: the last ViewChange and the last NewView, and for each height
 * that is not delivered the last PREPARE and the last COMMIT.
 *
 * <p>Nothing is signed in a view below one in which a vote or a ViewChange was signed. An entry
 * leaves only when its height is delivered.
 *
 * @param viewFloor the highest view of any signed vote or ViewChange
 * @param heightFloor the last delivered height
 */
record ViewPromises(
    Round viewFloor,
    Height heightFloor,
    Optional<Given> viewChange,
    Optional<Given> newView,
    SortedMap<Height, Given> prepares,
    SortedMap<Height, Given> commits) {
  /**
   * How far above the delivered height signatures are given: PBFT's lookahead with its largest
   * window.
   */
  static final int MAX_HEIGHTS = 128;

  static final ViewPromises NONE =
      new ViewPromises(
          Round.ZERO,
          new Height(0),
          Optional.empty(),
          Optional.empty(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap());

  ViewPromises {
    prepares = Collections.unmodifiableSortedMap(prepares);
    commits = Collections.unmodifiableSortedMap(commits);
  }

  Judgement prepare(Height height, Round view, Hash said) {
    return vote(prepares, height, view, said);
  }

  Judgement commit(Height height, Round view, Hash said) {
    return vote(commits, height, view, said);
  }

  Judgement viewChange(Round view, Hash said) {
    if (viewChange.isPresent() && viewChange.get().round().equals(view)) {
      return Judgement.again(viewChange.get(), said);
    }
    return view.compareTo(viewFloor) > 0
        ? Judgement.FRESH
        : new Judgement.Refused("a ViewChange to a view not above " + viewFloor);
  }

  Judgement newView(Round view, Hash said) {
    if (newView.isPresent() && newView.get().round().equals(view)) {
      return Judgement.again(newView.get(), said);
    }
    boolean lower = newView.filter(it -> it.round().compareTo(view) > 0).isPresent();
    return lower || view.compareTo(viewFloor) < 0
        ? new Judgement.Refused("a NewView of a view that was left")
        : Judgement.FRESH;
  }

  /** These promises and one more. */
  ViewPromises with(SignPosition position, Given given) {
    return switch (position.kind()) {
      case PREPARE ->
          new ViewPromises(
              raised(given),
              heightFloor,
              viewChange,
              newView,
              added(prepares, position.height(), given),
              commits);
      case COMMIT ->
          new ViewPromises(
              raised(given),
              heightFloor,
              viewChange,
              newView,
              prepares,
              added(commits, position.height(), given));
      case VIEW_CHANGE ->
          new ViewPromises(
              raised(given), heightFloor, Optional.of(given), newView, prepares, commits);
      case NEW_VIEW ->
          new ViewPromises(
              viewFloor, heightFloor, viewChange, Optional.of(given), prepares, commits);
      case PROPOSAL, PREVOTE, PRECOMMIT ->
          throw new IllegalArgumentException(position + " is none of views");
    };
  }

  /** These promises without those about heights that are delivered. */
  ViewPromises delivered(Height height) {
    return height.isAbove(heightFloor)
        ? new ViewPromises(
            viewFloor, height, viewChange, newView, above(prepares, height), above(commits, height))
        : this;
  }

  /** Whether something signed with our key at this position was never signed here. */
  boolean isForeign(SignPosition position, Hash said) {
    return switch (position.kind()) {
      case PREPARE -> isForeign(prepares, position, said);
      case COMMIT -> isForeign(commits, position, said);
      case VIEW_CHANGE -> isForeign(viewChange, position.round(), said);
      case NEW_VIEW -> isForeign(newView, position.round(), said);
      case PROPOSAL, PREVOTE, PRECOMMIT -> false;
    };
  }

  private Judgement vote(SortedMap<Height, Given> votes, Height height, Round view, Hash said) {
    if (view.compareTo(viewFloor) < 0) {
      return new Judgement.Refused("a vote in a view below " + viewFloor);
    }
    if (!height.isAbove(heightFloor)) {
      return new Judgement.Refused("a vote at a height not above " + heightFloor);
    }
    if (height.isAbove(heightFloor.plus(MAX_HEIGHTS))) {
      return new Judgement.Refused(
          "a vote more than %d above height %s".formatted(MAX_HEIGHTS, heightFloor));
    }
    var before = votes.get(height);
    // No entry is of a view above the floor, so what was given before is of this view or a lower.
    return before != null && before.round().equals(view)
        ? Judgement.again(before, said)
        : Judgement.FRESH;
  }

  private boolean isForeign(SortedMap<Height, Given> votes, SignPosition position, Hash said) {
    if (!position.height().isAbove(heightFloor)) {
      return false;
    }
    var before = votes.get(position.height());
    if (before == null || position.round().compareTo(before.round()) > 0) {
      return true;
    }
    return before.round().equals(position.round()) && !before.said().equals(said);
  }

  private boolean isForeign(Optional<Given> before, Round view, Hash said) {
    if (before.isPresent() && before.get().round().equals(view)) {
      return !before.get().said().equals(said);
    }
    boolean above = before.filter(it -> it.round().compareTo(view) > 0).isEmpty();
    return above && view.compareTo(viewFloor) >= 0;
  }

  private Round raised(Given given) {
    return given.round().compareTo(viewFloor) > 0 ? given.round() : viewFloor;
  }

  private static SortedMap<Height, Given> added(
      SortedMap<Height, Given> votes, Height height, Given given) {
    var copy = new TreeMap<>(votes);
    copy.put(height, given);
    return copy;
  }

  private static SortedMap<Height, Given> above(SortedMap<Height, Given> votes, Height height) {
    return new TreeMap<>(votes.tailMap(height.next()));
  }
}
