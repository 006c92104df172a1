package dev.quorate.replica.guard;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignPosition.Kind;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import java.util.Collections;
import java.util.Optional;

/**
 * Everything that a validator has signed and may still be asked about; a value that never changes.
 * An engine uses one of the two shapes only; the kind of a position says which.
 */
public record Promises(ViewPromises views, RoundPromises rounds) {
  /** Of a validator that has never signed. */
  public static final Promises NONE = new Promises(ViewPromises.NONE, RoundPromises.NONE);

  /** Of a validator whose old promises do not matter any more above this height and view. */
  static Promises startingAt(Height height, Round round) {
    var views =
        new ViewPromises(
            round,
            height,
            Optional.empty(),
            Optional.empty(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap());
    return new Promises(
        views, new RoundPromises(height.next(), Round.ZERO, Collections.emptySortedMap()));
  }

  Judgement judge(SignPosition position, Hash said) {
    return switch (position.kind()) {
      case PREPARE -> views.prepare(position.height(), position.round(), said);
      case COMMIT -> views.commit(position.height(), position.round(), said);
      case VIEW_CHANGE -> views.viewChange(position.round(), said);
      case NEW_VIEW -> views.newView(position.round(), said);
      case PROPOSAL, PREVOTE, PRECOMMIT -> rounds.judge(position, said);
    };
  }

  Promises with(SignPosition position, Hash said, Signature signature) {
    var given = new Given(position.round(), said, signature);
    return switch (position.kind()) {
      case PREPARE, COMMIT, VIEW_CHANGE, NEW_VIEW ->
          new Promises(views.with(position, given), rounds);
      case PROPOSAL, PREVOTE, PRECOMMIT -> new Promises(views, rounds.with(position, given));
    };
  }

  Promises delivered(Height height) {
    return height.isAbove(heightFloor()) ? new Promises(views.delivered(height), rounds) : this;
  }

  /** The last delivered height that the guard was told of. */
  Height heightFloor() {
    return views.heightFloor();
  }

  /**
   * Whether this was signed with our key, but by somebody else, or by us in a life that is
   * forgotten: other bytes for a position that was signed here, or a position above all that was
   * signed here. What is lower, or equal and identical, may be an old message of ours.
   */
  public boolean isForeign(SignPosition position, Hash said) {
    return switch (position.kind()) {
      case PREPARE, COMMIT, VIEW_CHANGE, NEW_VIEW -> views.isForeign(position, said);
      case PROPOSAL, PREVOTE, PRECOMMIT ->
          position.height().isAbove(heightFloor()) && rounds.isForeign(position, said);
    };
  }

  /** The same for our part in a commit certificate, which says nothing about the engine's shape. */
  public boolean isForeignCommit(Height height, Round round, Hash said) {
    // The shape that is not used is empty, and everything is foreign to it.
    return isForeign(new SignPosition(Kind.COMMIT, height, round), said)
        && isForeign(new SignPosition(Kind.PRECOMMIT, height, round), said);
  }
}
