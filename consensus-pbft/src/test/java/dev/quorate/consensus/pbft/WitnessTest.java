package dev.quorate.consensus.pbft;

import static dev.quorate.consensus.pbft.NormalCaseTest.certificate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.PbftMessage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a replica tells a validator that comes back about that validator's own promises. */
class WitnessTest {
  private final List<Block> chain = NormalCaseTest.chain("x", 3);

  @Test
  void namesTheVotesThatAValidatorGaveAboveTheDeliveredHeight() {
    var b = Replica.fresh("b");
    b.propose("a", 0, chain.get(0)).prepares("c", 0, chain.get(0)).commits("c", 0, chain.get(0));
    b.propose("a", 0, chain.get(1)).prepares("c", 0, chain.get(1));

    assertThat(heard(b, "c"))
        .startsWith("prepare h1", "commit h1")
        .contains("prepare h2")
        .filteredOn(it -> it.equals("prepare h1"))
        .hasSize(1);
    assertThat(heard(b, "a")).contains("prepare h1", "prepare h2");
    assertThat(heard(b, "d")).isEmpty();
  }

  @Test
  void forgetsVotesForDeliveredHeightsButNotTheLastCertificateThatNamesTheVoter() {
    var b = Replica.fresh("b");
    b.propose("a", 0, chain.get(0)).prepares("c", 0, chain.get(0));
    b.commits("acd", 0, chain.get(0));

    assertThat(b.engine().standing().committed()).isEqualTo(new Height(1));
    assertThat(heard(b, "c")).singleElement().asString().startsWith("certificate");
  }

  @Test
  void namesTheLastViewChangeOfAValidator() {
    var b = Replica.fresh("b");
    b.receive("c", ViewChanges.claim("c", 1, Optional.empty()));
    b.receive("c", ViewChanges.claim("c", 2, Optional.empty()));

    assertThat(heard(b, "c")).hasSize(1);
    assertThat(b.engine().heardFrom(Validators.FOUR.id("c")))
        .singleElement()
        .isEqualTo(
            Validators.signed(Validators.FOUR.id("c"), ViewChanges.claim("c", 2, Optional.empty()))
                .message());
  }

  @Test
  void namesTheNewViewByWhichItEnteredToWhoOpenedIt() {
    var d = Replica.fresh("d");
    d.receive("b", ViewChanges.newView(1, null, "a", "b", "c"));

    assertThat(d.engine().status().round()).isEqualTo(new Round(1));
    assertThat(heard(d, "b")).hasSize(1);
    assertThat(heard(d, "a")).isEmpty();
  }

  @Test
  void nothingThatIsNamedNeedsASignature() {
    var b = Replica.fresh("b");
    b.propose("a", 0, chain.get(0)).prepares("cd", 0, chain.get(0));
    b.commits("c", 0, chain.get(0)).receive("c", ViewChanges.claim("c", 1, Optional.empty()));

    for (var name : List.of("a", "b", "c", "d")) {
      assertThat(b.engine().heardFrom(Validators.FOUR.id(name)))
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it.signRequests(Validators.CHAIN)).isEmpty());
    }
  }

  @Test
  void standsAtItsHighestPrepareAndItsPendingView() {
    var b = Replica.fresh("b");
    b.propose("a", 0, chain.get(0)).propose("a", 0, chain.get(1));
    b.receive("c", ViewChanges.claim("c", 3, Optional.empty()));
    b.receive("d", ViewChanges.claim("d", 3, Optional.empty()));

    assertThat(b.engine().standing())
        .isEqualTo(new Standing(new Height(0), new Height(2), Round.ZERO, new Round(3)));
  }

  @Test
  void aForgottenPromiseMattersUpToAWindowAndAViewBeyondWhatOthersReported() {
    var engine = Replica.fresh("b").engine();
    var reported = new Standing(new Height(3), new Height(5), new Round(1), new Round(2));
    var atNine = NormalCaseTest.chain("y", 9).getLast();
    var atTen = NormalCaseTest.chain("y", 10).getLast();

    assertThat(engine.isBeyond(certificate(VoteType.COMMIT, 4, atTen), reported)).isTrue();
    assertThat(engine.isBeyond(certificate(VoteType.COMMIT, 4, atNine), reported)).isFalse();
    assertThat(engine.isBeyond(certificate(VoteType.COMMIT, 3, atTen), reported)).isFalse();
  }

  private static List<String> heard(Replica replica, String name) {
    return replica.engine().heardFrom(Validators.FOUR.id(name)).stream()
        .<PbftMessage>map(it -> it)
        .map(Replica::shortly)
        .toList();
  }
}
