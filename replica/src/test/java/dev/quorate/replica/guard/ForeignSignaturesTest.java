package dev.quorate.replica.guard;

import static dev.quorate.consensus.core.SignPosition.Kind.COMMIT;
import static dev.quorate.consensus.core.SignPosition.Kind.NEW_VIEW;
import static dev.quorate.consensus.core.SignPosition.Kind.PRECOMMIT;
import static dev.quorate.consensus.core.SignPosition.Kind.PREPARE;
import static dev.quorate.consensus.core.SignPosition.Kind.PREVOTE;
import static dev.quorate.consensus.core.SignPosition.Kind.PROPOSAL;
import static dev.quorate.consensus.core.SignPosition.Kind.VIEW_CHANGE;
import static dev.quorate.replica.guard.Guards.at;
import static dev.quorate.replica.guard.Guards.sign;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignPosition.Kind;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which messages with our key tell that somebody else has it, and which are old ones of ours. */
class ForeignSignaturesTest {
  private final DurableSignGuard guard = Guards.open(new InMemoryGuardStorage(), Guards.NEW);

  @ParameterizedTest
  @EnumSource
  void toWhoHasSignedNothingEverythingIsForeign(Kind kind) {
    assertThat(isForeign(at(kind, 1, 1), "x")).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whatWasSignedHereIsOurs(Kind kind) {
    sign(guard, kind, 3, 2, "x");

    assertThat(isForeign(at(kind, 3, 2), "x")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void otherBytesForThePositionAreForeign(Kind kind) {
    sign(guard, kind, 3, 2, "x");

    assertThat(isForeign(at(kind, 3, 2), "y")).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aHigherViewOrRoundIsForeignAndALowerOneMayBeOurs(Kind kind) {
    sign(guard, kind, 3, 1, "old");
    sign(guard, kind, 3, 2, "x");

    assertThat(isForeign(at(kind, 3, 3), "x")).isTrue();
    assertThat(isForeign(at(kind, 3, 1), "old")).isFalse();
  }

  @Test
  void aVoteForAHeightWithoutOneIsForeignUnlessTheHeightIsDelivered() {
    sign(guard, PREPARE, 3, 0, "x");
    sign(guard, PREPARE, 4, 0, "x");
    sign(guard, COMMIT, 3, 0, "x");

    assertThat(isForeign(at(PREPARE, 5, 0), "x")).isTrue();
    assertThat(isForeign(at(COMMIT, 4, 0), "x")).isTrue();
    guard.delivered(new Height(4));
    assertThat(isForeign(at(COMMIT, 4, 0), "y")).isFalse();
  }

  @Test
  void changesOfViewBelowTheHighestViewMayBeOurs() {
    sign(guard, COMMIT, 3, 5, "x");

    assertThat(isForeign(at(VIEW_CHANGE, 0, 4), "claim")).isFalse();
    assertThat(isForeign(at(NEW_VIEW, 0, 4), "claim")).isFalse();
    assertThat(isForeign(at(VIEW_CHANGE, 0, 6), "claim")).isTrue();
    assertThat(isForeign(at(NEW_VIEW, 0, 6), "claim")).isTrue();
  }

  @Test
  void anotherMessageOfTendermintsLastRoundIsForeign() {
    sign(guard, PREVOTE, 3, 1, "x");

    assertThat(isForeign(at(PRECOMMIT, 3, 1), "x")).isTrue();
    assertThat(isForeign(at(PROPOSAL, 4, 0), "x")).isTrue();
    assertThat(isForeign(at(PRECOMMIT, 3, 0), "x")).isFalse();
  }

  @Test
  void aFinalBlockWithOurVoteIsForeignUnlessEitherEngineGaveIt() {
    assertThat(isForeignCommit(3, 0, "x")).isTrue();
    sign(guard, COMMIT, 3, 0, "x");
    assertThat(isForeignCommit(3, 0, "x")).isFalse();

    var other = Guards.open(new InMemoryGuardStorage(), Guards.NEW);
    sign(other, PRECOMMIT, 3, 0, "x");
    assertThat(
            other
                .promises()
                .isForeignCommit(new Height(3), Round.ZERO, Hash.sha256(Bytes.utf8("x"))))
        .isFalse();
  }

  private boolean isForeign(SignPosition position, String text) {
    return guard.promises().isForeign(position, Hash.sha256(Bytes.utf8(text)));
  }

  private boolean isForeignCommit(long height, int round, String text) {
    return guard
        .promises()
        .isForeignCommit(new Height(height), new Round(round), Hash.sha256(Bytes.utf8(text)));
  }
}
