package dev.quorate.consensus.pbft;

import static dev.quorate.consensus.pbft.NormalCaseTest.certificate;
import static dev.quorate.consensus.pbft.ViewChanges.claim;
import static dev.quorate.consensus.pbft.ViewChanges.leaveForView1;
import static dev.quorate.consensus.pbft.ViewChanges.newView;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.VoteType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pitfalls and scenarios that no transcript is about; we are c, or b where it says so. */
class PitfallTest {
  private final List<Block> chain = NormalCaseTest.chain("x", 4);
  private final Block other = Validators.block(1, BlockId.NONE, Validators.FOUR.id("a"), "other");
  private final Replica c = Replica.fresh("c");

  @Test
  void twoBlocksWithMoreThanAThirdEachAreNeitherPreparedNorCommitted() {
    c.propose("a", 0, chain.get(0)).effects();

    c.prepares("bd", 0, other).commits("bd", 0, other).commits("a", 0, chain.get(0));

    assertThat(c.effects())
        .noneMatch(Effect.Broadcast.class::isInstance)
        .noneMatch(Effect.Commit.class::isInstance);
  }

  @Test
  void aSecondNewViewOfAViewChangesNothing() {
    c.receive("b", newView(1, chain.get(0), "a", "b", "d"));
    c.step(new Event.BlockArrived<>(chain.get(0))).effects();

    c.receive("b", newView(1, null, "a", "b", "d")).propose("b", 1, chain.get(1));

    assertThat(c.said()).containsExactly("prepare h2");
  }

  @Test
  void aStaleViewChangeIsNotCountedBesideANewerOne() {
    var b = Replica.fresh("b");
    leaveForView1(b);
    b.receive("d", claim("d", 4, Optional.empty())).effects();

    b.receive("d", claim("d", 1, Optional.empty())).receive("c", claim("c", 1, Optional.empty()));

    assertThat(b.said()).isEmpty();
    assertThat(b.engine().status().active()).isFalse();
  }

  @Test
  void nothingBelowTheTipIsProposedAgain() {
    c.propose("a", 0, chain.get(0)).propose("a", 0, chain.get(1));
    c.receive("b", newView(1, chain.get(1), "a", "b", "d")).effects();

    c.propose("b", 1, other).propose("b", 1, chain.get(0));

    assertThat(c.said()).doesNotContain("prepare h1");
  }

  @Test
  void theTimerOfAHeightThatIsDeliveredMeanwhileChangesNothing() {
    c.propose("a", 0, chain.get(0));
    c.step(new Event.Synced<>(chain.get(0), certificate(VoteType.COMMIT, 0, chain.get(0))));
    c.effects();

    c.fire(PbftTimer.VIEW);

    assertThat(c.said()).isEmpty();
  }

  @Test
  void neverJudgesByTheClockWhatAnHonestNewPrimaryProposesAgain() {
    c.at(chain.get(0).time().plus(Duration.ofDays(1))).propose("a", 0, chain.get(0));
    assertThat(c.said()).isEmpty();

    c.receive("b", newView(1, chain.get(0), "a", "b", "d"));

    assertThat(c.said()).containsExactly("prepare h1");
  }

  @Test
  void aQuorumThatRepeatsOneVoterIsNone() {
    c.propose("a", 0, chain.get(0)).effects();

    c.prepares("aaa", 0, chain.get(0)).commits("ddd", 0, chain.get(0));

    assertThat(c.effects())
        .noneMatch(Effect.Broadcast.class::isInstance)
        .noneMatch(Effect.Commit.class::isInstance);
  }

  @Test
  void viewsThatComeToNothingLastLongerUntilABlockFitsIntoOne() {
    var timeout = PbftParameters.of(new TreeMap<>());

    for (int views = 0; views < 6; views++) {
      assertThat(timeout.timeout(views)).isEqualTo(Duration.ofMillis(500L << views));
    }
    assertThat(timeout.timeout(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
  }
}
