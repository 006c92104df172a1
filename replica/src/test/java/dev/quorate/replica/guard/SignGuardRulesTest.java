package dev.quorate.replica.guard;

import static dev.quorate.consensus.core.SignPosition.Kind.COMMIT;
import static dev.quorate.consensus.core.SignPosition.Kind.NEW_VIEW;
import static dev.quorate.consensus.core.SignPosition.Kind.PRECOMMIT;
import static dev.quorate.consensus.core.SignPosition.Kind.PREPARE;
import static dev.quorate.consensus.core.SignPosition.Kind.PREVOTE;
import static dev.quorate.consensus.core.SignPosition.Kind.PROPOSAL;
import static dev.quorate.consensus.core.SignPosition.Kind.VIEW_CHANGE;
import static dev.quorate.replica.guard.Guards.ask;
import static dev.quorate.replica.guard.Guards.sign;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.SignGuard.Answer;
import dev.quorate.consensus.core.SignPosition.Kind;
import dev.quorate.consensus.core.vote.Height;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the guard signs, and every reason why it does not. */
class SignGuardRulesTest {
  private final DurableSignGuard guard = Guards.open(new InMemoryGuardStorage(), Guards.NEW);

  @ParameterizedTest
  @EnumSource
  void theSamePositionAndBytesGetTheSameSignatureToTheByte(Kind kind) {
    var first = sign(guard, kind, 3, 2, "x");

    assertThat(sign(guard, kind, 3, 2, "x")).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void otherBytesForAPositionThatWasSignedAreRefused(Kind kind) {
    sign(guard, kind, 3, 2, "x");

    refuses(kind, 3, 2, "y", "other bytes");
  }

  @ParameterizedTest
  @EnumSource
  void aHigherViewOrRoundIsSigned(Kind kind) {
    var first = sign(guard, kind, 3, 2, "x");

    assertThat(sign(guard, kind, 3, 4, "y")).isNotEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void aLowerViewOrRoundIsRefusedAlsoWhenTheBytesAreThoseThatWereSignedThere(Kind kind) {
    sign(guard, kind, 3, 2, "x");
    sign(guard, kind, 3, 4, "y");

    refuses(kind, 3, 2, "x", "");
    refuses(kind, 3, 3, "z", "");
  }

  @Test
  void eachHeightHasItsOwnPrepareAndItsOwnCommit() {
    for (int height = 1; height <= 4; height++) {
      sign(guard, PREPARE, height, 0, "prepare " + height);
      sign(guard, COMMIT, height, 0, "commit " + height);
    }

    refuses(PREPARE, 2, 0, "another", "other bytes");
    refuses(COMMIT, 3, 0, "another", "other bytes");
  }

  @Test
  void aVoteInOneViewForbidsVotesInLowerViewsAtAllHeights() {
    sign(guard, PREPARE, 5, 3, "x");

    refuses(PREPARE, 6, 2, "y", "below 3");
    refuses(COMMIT, 4, 2, "z", "below 3");
    sign(guard, COMMIT, 4, 3, "z");
  }

  @Test
  void aViewChangeForbidsVotesInLowerViews() {
    sign(guard, VIEW_CHANGE, 0, 2, "claim");

    refuses(PREPARE, 1, 1, "x", "below 2");
    refuses(COMMIT, 1, 0, "x", "below 2");
    sign(guard, PREPARE, 1, 2, "x");
  }

  @Test
  void aViewChangeIsToAViewAboveAllThatWasVotedIn() {
    sign(guard, COMMIT, 1, 2, "x");

    refuses(VIEW_CHANGE, 0, 2, "claim", "not above 2");
    refuses(VIEW_CHANGE, 0, 1, "claim", "not above 2");
    sign(guard, VIEW_CHANGE, 0, 3, "claim");
  }

  @Test
  void aNewViewIsNotOfAViewThatWasLeft() {
    sign(guard, VIEW_CHANGE, 0, 4, "claim");

    refuses(NEW_VIEW, 0, 3, "new view", "left");
    sign(guard, NEW_VIEW, 0, 4, "new view");
  }

  @Test
  void nothingIsSignedAtADeliveredHeightNotEvenWhatWasSignedThere() {
    sign(guard, COMMIT, 3, 0, "x");
    guard.delivered(new Height(3));

    refuses(COMMIT, 3, 0, "x", "not above 3");
    refuses(PREPARE, 2, 9, "y", "not above 3");
    sign(guard, PREPARE, 4, 0, "z");
  }

  @Test
  void aDeliveryForgetsNothingAboveIt() {
    sign(guard, PREPARE, 3, 0, "x");
    sign(guard, PREPARE, 4, 0, "x");
    guard.delivered(new Height(3));

    refuses(PREPARE, 4, 0, "y", "other bytes");
  }

  @Test
  void noMoreHeightsAreKeptThanAnEngineLooksAhead() {
    guard.delivered(new Height(10));

    sign(guard, PREPARE, 10 + ViewPromises.MAX_HEIGHTS, 0, "x");
    refuses(PREPARE, 11 + ViewPromises.MAX_HEIGHTS, 0, "x", "more than 128 above height 10");
  }

  @Test
  void tendermintsThreeMessagesOfARoundAreApart() {
    sign(guard, PROPOSAL, 3, 1, "proposal");
    sign(guard, PREVOTE, 3, 1, "prevote");
    sign(guard, PRECOMMIT, 3, 1, "precommit");

    refuses(PREVOTE, 3, 1, "precommit", "other bytes");
  }

  @Test
  void aNewRoundOfTendermintForgetsTheRoundBeforeAndForbidsIt() {
    sign(guard, PREVOTE, 3, 1, "x");
    sign(guard, PRECOMMIT, 3, 2, "y");

    refuses(PREVOTE, 3, 1, "x", "below height 3, round 2");
    sign(guard, PREVOTE, 3, 2, "z");
    sign(guard, PREVOTE, 4, 0, "w");
    refuses(PRECOMMIT, 3, 9, "v", "below height 4, round 0");
  }

  private void refuses(Kind kind, long height, int round, String text, String reason) {
    assertThat(ask(guard, kind, height, round, text))
        .isInstanceOfSatisfying(
            Answer.Refused.class, it -> assertThat(it.reason()).contains(reason));
  }
}
