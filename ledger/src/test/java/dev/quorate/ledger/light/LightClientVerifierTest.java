package dev.quorate.ledger.light;

import static dev.quorate.ledger.light.LightChain.block;
import static dev.quorate.ledger.light.LightChain.header;
import static dev.quorate.ledger.light.LightChain.set;
import static dev.quorate.ledger.light.LightChain.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Ed25519;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitSig;
import dev.quorate.ledger.Four;
import dev.quorate.ledger.light.LightClientVerifier.Fraction;
import dev.quorate.ledger.light.LightClientVerifier.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LightClientVerifierTest {
  private static final ValidatorSet OLD = set("a", "b", "c", "d");
  private static final ValidatorSet NEW = set("d", "e", "f", "g");
  private static final TrustedBlock TRUSTED = new TrustedBlock(header(1, OLD, OLD), OLD.members());
  private static final Instant NOW = time(100);
  private static final Rules RULES = Rules.trustingFor(Duration.ofHours(1));

  @Test
  void acceptsANeighbourOfTheValidatorsThatTheTrustedHeaderNames() {
    assertVerified(verify(TRUSTED, block(2, OLD, OLD, "a", "b", "c")));
    assertVerified(verify(TRUSTED, block(2, OLD, NEW, "a", "b", "c", "d")));
  }

  @Test
  void refusesANeighbourOfOtherValidators() {
    assertInvalid(verify(TRUSTED, block(2, NEW, NEW, "d", "e", "f", "g")), "other validators");
  }

  @Test
  void acceptsABlockFarAwayThatEnoughTrustedValidatorsSigned() {
    var half = set("c", "d", "e", "f");

    assertVerified(verify(TRUSTED, block(50, OLD, OLD, "a", "b", "c")));
    assertVerified(verify(TRUSTED, block(50, half, half, "c", "d", "e")));
  }

  @Test
  void wantsMoreThanTheTrustLevelOfThem() {
    var three = set("a", "b", "c");
    var trusted = new TrustedBlock(header(1, three, three), three.members());
    var others = set("a", "d", "e");

    var exactlyAThird = verify(trusted, block(9, others, others, "a", "d", "e"));
    assertThat(exactlyAThird).isInstanceOf(LightVerdict.NotEnoughTrust.class);
    assertThat(verify(TRUSTED, block(9, NEW, NEW, "d", "e", "f", "g")))
        .isInstanceOf(LightVerdict.NotEnoughTrust.class);
    assertVerified(verify(trusted, block(9, set("a", "b", "e"), others, "a", "b", "e")));
  }

  @Test
  void canBeToldToWantMore() {
    var half = set("c", "d", "e", "f");
    var strict = new Rules(Fraction.TWO_THIRDS, Duration.ofHours(1), Duration.ZERO);
    var verifier = new LightClientVerifier(strict, Ed25519.INSTANCE);

    assertThat(verifier.verify(TRUSTED, block(50, half, half, "c", "d", "e"), NOW))
        .isInstanceOf(LightVerdict.NotEnoughTrust.class);
    assertVerified(verifier.verify(TRUSTED, block(50, OLD, half, "a", "b", "c"), NOW));
  }

  @Test
  void trustsNobodyWhereTheTrustedNextSetIsEmpty() {
    var nobody = new TrustedBlock(header(1, OLD, OLD), List.of());

    assertThat(verify(nobody, block(9, OLD, OLD, "a", "b", "c")))
        .isInstanceOf(LightVerdict.NotEnoughTrust.class);
  }

  @Test
  void wantsMoreThanTwoThirdsOfTheBlocksOwnValidators() {
    var three = set("a", "b", "c");
    var trusted = new TrustedBlock(header(1, three, three), three.members());

    assertInvalid(verify(TRUSTED, block(2, OLD, OLD, "a", "b")), "2 of 4");
    assertInvalid(verify(trusted, block(2, three, three, "a", "b")), "2 of 3");
    assertVerified(verify(trusted, block(2, three, three, "a", "b", "c")));
  }

  @Test
  void countsVotesForNoBlockForNothingButChecksThem() {
    var block = block(2, OLD, OLD, "a", "b", "c", "d");
    var places = new ArrayList<>(block.commit().signatures());
    var first = OLD.members().getFirst().id();
    var name =
        List.of("a", "b", "c", "d").stream()
            .filter(it -> first.equals(Four.id(it)))
            .findFirst()
            .orElseThrow();
    var nil = LightChain.vote(name, block.header(), block.commit().blockId(), CommitSig.Flag.NIL);
    places.set(0, nil);

    assertVerified(verify(TRUSTED, with(block, places)));
    places.set(1, CommitSig.ABSENT);
    assertInvalid(verify(TRUSTED, with(block, places)), "2 of 4");
    places.set(
        0, new CommitSig(nil.flag(), nil.validator(), nil.timestamp(), places.get(2).signature()));
    assertInvalid(verify(TRUSTED, with(block, places)), "signature");
  }

  @Test
  void refusesAVoteThatStandsInACommitTwice() {
    var block = block(9, OLD, OLD, "a", "b", "c", "d");
    var places = new ArrayList<>(block.commit().signatures());
    places.set(1, places.get(0));

    assertInvalid(verify(TRUSTED, with(block, places)), "twice");
  }

  @Test
  void refusesVotesOutOfPlaceAndMissingPlaces() {
    var block = block(9, OLD, OLD, "a", "b", "c", "d");
    var places = block.commit().signatures();

    assertInvalid(verify(TRUSTED, with(block, places.reversed())), "place 0");
    assertInvalid(verify(TRUSTED, with(block, places.subList(0, 3))), "3 places");
  }

  @Test
  void refusesEverySignatureThatIsNotValid() {
    var block = block(2, OLD, OLD, "a", "b", "c", "d");
    for (int i = 0; i < 4; i++) {
      var places = new ArrayList<>(block.commit().signatures());
      var place = places.get(i);
      var other = places.get((i + 1) % 4).signature();
      places.set(i, new CommitSig(place.flag(), place.validator(), place.timestamp(), other));

      assertInvalid(verify(TRUSTED, with(block, places)), "signature");
    }
  }

  @Test
  void goesForwardOnly() {
    var later = new TrustedBlock(header(5, OLD, OLD), OLD.members());

    assertInvalid(verify(later, block(5, OLD, OLD, "a", "b", "c")), "not above");
    assertInvalid(verify(later, block(4, OLD, OLD, "a", "b", "c")), "not above");
  }

  @Test
  void refusesACommitForAnotherHeightOrHeader() {
    var block = block(9, OLD, OLD, "a", "b", "c");
    var other = block(9, OLD, NEW, "a", "b", "c");
    var c = block.commit();
    var height = new Commit(new Height(8), c.round(), c.blockId(), c.signatures());

    assertInvalid(verify(TRUSTED, with(block, height)), "height 8");
    assertInvalid(verify(TRUSTED, with(block, other.commit())), "another header");
  }

  @Test
  void refusesSetsThatTheHeaderDoesNotName() {
    var block = block(9, OLD, OLD, "a", "b", "c");

    assertInvalid(
        verify(
            TRUSTED,
            new LightBlock(
                block.header(), block.commit(), NEW.members(), OLD.members(), block.provider())),
        "another set");
    assertInvalid(
        verify(
            TRUSTED,
            new LightBlock(
                block.header(), block.commit(), OLD.members(), NEW.members(), block.provider())),
        "next set");
  }

  @Test
  void takesATrustedBlockForNothingOnceItIsTooOld() {
    var block = block(9, OLD, OLD, "a", "b", "c");
    var end = time(1).plus(Duration.ofHours(1));

    assertVerified(verifier().verify(TRUSTED, block, end.minusNanos(1)));
    assertInvalid(verifier().verify(TRUSTED, block, end), "too old");
  }

  @Test
  void allowsForClocksThatAreALittleAhead() {
    var block = block(9, OLD, OLD, "a", "b", "c");
    var now = time(9).minusSeconds(10);

    assertInvalid(verifier().verify(TRUSTED, block, now), "future");
    assertVerified(verifier().verify(TRUSTED, block, now.plusNanos(1)));
  }

  @Test
  void knowsNoTrustLevelBelowAThird() {
    assertThatThrownBy(() -> new Fraction(1, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Fraction(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Fraction(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static LightBlock with(LightBlock block, List<CommitSig> places) {
    var c = block.commit();
    return with(block, new Commit(c.height(), c.round(), c.blockId(), places));
  }

  private static LightBlock with(LightBlock block, Commit commit) {
    return new LightBlock(
        block.header(), commit, block.validators(), block.nextValidators(), block.provider());
  }

  private static void assertVerified(LightVerdict verdict) {
    assertThat(verdict).isEqualTo(new LightVerdict.Verified());
  }

  private static void assertInvalid(LightVerdict verdict, String reason) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            LightVerdict.Invalid.class, it -> assertThat(it.reason()).contains(reason));
  }

  private static LightVerdict verify(TrustedBlock trusted, LightBlock block) {
    return verifier().verify(trusted, block, NOW);
  }

  private static LightClientVerifier verifier() {
    return new LightClientVerifier(RULES, Ed25519.INSTANCE);
  }
}
