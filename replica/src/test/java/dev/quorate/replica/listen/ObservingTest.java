package dev.quorate.replica.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.ledger.Limits;
import dev.quorate.replica.ReplicaLimits;
import dev.quorate.replica.cluster.Cluster;
import dev.quorate.replica.cluster.Member;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.conveyor.ConveyorProvider;
import dev.quorate.replica.guard.InMemoryGuardStorage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a validator does that has lost its promises, and when it may give new ones: above height and
 * round of what others have reported, by more than the conveyor's window of two and by two rounds.
 */
class ObservingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** In a new round its leader begins anew, so that rounds can go by without a block. */
  private final Cluster cluster =
      new Cluster(
          Members.genesis(4, Map.of(ConveyorProvider.ABANDON, 1L), Limits.DEFAULT),
          ReplicaLimits.DEFAULT,
          1);

  private String muted = "";
  private boolean twin;
  private boolean bVotes;

  @Test
  void servesAndFollowsAndNeverSigns() {
    var b = withoutItsGuard();

    commit("y", 3);

    assertThat(voice(b))
        .isInstanceOfSatisfying(
            Voice.Observing.class,
            it -> assertThat(it.waitsFor()).contains("beyond height 1 and 0"));
    assertThat(bVotes).isFalse();
    assertThat(cluster.agree(4)).isTrue();
  }

  @Test
  void heightAloneIsNotEnough() {
    var b = withoutItsGuard();

    commit("y", 10);

    assertThat(voice(b)).isInstanceOf(Voice.Observing.class);
  }

  @Test
  void roundAloneIsNotEnough() {
    var b = withoutItsGuard();

    passOver("a");
    passOver("b");
    assertThat(b.replica().status().engine().round().value()).isEqualTo(2);
    assertThat(b.replica().status().tip().value()).isEqualTo(3);

    assertThat(voice(b)).isInstanceOf(Voice.Observing.class);
  }

  @Test
  void votesAgainAfterABlockBeyondBothThatWasCommittedWithoutIt() {
    var b = withoutItsGuard();
    passOver("a");
    passOver("b");
    assertThat(bVotes).isFalse();

    commit("z", 1);
    assertThat(voice(b)).isInstanceOf(Voice.Speaking.class);
    assertThat(bVotes).isFalse();
    commit("z again", 1);
    assertThat(bVotes).isTrue();

    b.kill();
    b.start();
    cluster.run(SECOND);
    assertThat(voice(b)).isInstanceOf(Voice.Speaking.class);
  }

  @Test
  void aBlockThatWasCommittedWithAVoteInItsNameEndsNothing() {
    var b = withoutItsGuard();
    passOver("a");
    passOver("b");

    twin = true;
    commit("z", 2);
    assertThat(voice(b)).isInstanceOf(Voice.Observing.class);
    twin = false;
    commit("y", 1);
    assertThat(voice(b)).isInstanceOf(Voice.Speaking.class);
  }

  @Test
  void doesNotCountItselfAmongThoseWhoReport() {
    var b = withoutItsGuard("d");
    passOver("a");
    passOver("b");
    commit("z", 3);

    assertThat(voice(b))
        .isInstanceOfSatisfying(
            Voice.Observing.class, it -> assertThat(it.waitsFor()).contains("reports of others"));
  }

  @Test
  void staysOneOverARestart() {
    var b = withoutItsGuard();
    b.kill();
    b.start();

    commit("y", 1);

    assertThat(voice(b)).isInstanceOf(Voice.Observing.class);
    assertThat(bVotes).isFalse();
  }

  /** One block is final, then b comes back with its store alone. */
  private Member withoutItsGuard(String... silent) {
    cluster.run(SECOND);
    commit("x", 1);
    var b = cluster.member("b");
    b.kill();
    b.guard(new InMemoryGuardStorage());
    cluster.rule(
        (from, to, frame) -> {
          var traffic = Traffic.of(frame);
          bVotes |= from == b && traffic == Traffic.VOTE;
          if (twin && traffic == Traffic.VOTE) {
            // Somebody else who has the key of b votes like everybody, and is first.
            var vote = Traffic.vote(frame).vote();
            var alike =
                Members.vote("b", vote.height(), vote.round(), vote.blockId(), vote.timestamp());
            to.replica().ingress().onFrame(from.id(), Traffic.frame(alike), cluster.now());
          }
          for (var name : silent) {
            if (from.name().equals(name) && to == b && traffic == Traffic.ANSWER) {
              return false;
            }
          }
          return !(from.name().equals(muted) && traffic == Traffic.PROPOSAL);
        });
    b.start();
    cluster.run(SECOND);
    return b;
  }

  /** A leader's proposals get lost, so all go on to the next round, and there is one more block. */
  private void passOver(String leader) {
    muted = leader;
    cluster.member("c").order(Members.transaction("passing over " + leader));
    cluster.run(Duration.ofMillis(1_500));
    muted = "";
    cluster.run(SECOND);
  }

  private void commit(String text, int blocks) {
    for (int i = 0; i < blocks; i++) {
      cluster.member("c").order(Members.transaction(text + i));
      cluster.run(SECOND);
    }
  }

  private static Voice voice(Member member) {
    return member.replica().status().voice();
  }
}
