package dev.quorate.replica.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.replica.Condition;
import dev.quorate.replica.Count;
import dev.quorate.replica.ReplicaLimits;
import dev.quorate.replica.cluster.Cluster;
import dev.quorate.replica.cluster.Member;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a replica that has just started begins to sign. */
class ListeningTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LISTEN_TIME = ReplicaLimits.DEFAULT.listenTime();

  /** What a has let out. */
  private final Set<Traffic> ofA = EnumSet.noneOf(Traffic.class);

  @Test
  void endsAsSoonAsAllPeersHaveAnswered() {
    var cluster = Cluster.of(4);

    assertThat(voice(cluster.member("a"))).isInstanceOf(Voice.Listening.class);
    cluster.run(Duration.ofMillis(5));

    assertThat(cluster.members())
        .allSatisfy(it -> assertThat(voice(it)).isInstanceOf(Voice.Speaking.class));
  }

  @Test
  void endsWhenThoseWhoCanBeReachedHaveAnsweredAndAreAQuorum() {
    var cluster = Cluster.of(4).run(SECOND);
    var a = cluster.member("a");
    cluster.member("d").kill();
    a.kill();
    a.start();

    cluster.run(Duration.ofMillis(5));

    assertThat(voice(a)).isInstanceOf(Voice.Speaking.class);
  }

  @Test
  void endsAfterTheListenTimeWhenAnswersDoNotCome() {
    var cluster = withoutAnswersToA();
    var a = cluster.member("a");

    cluster.run(LISTEN_TIME.minusMillis(1));
    assertThat(voice(a)).isEqualTo(new Voice.Listening(0, 3));

    cluster.run(Duration.ofMillis(1));
    assertThat(voice(a)).isInstanceOf(Voice.Speaking.class);
  }

  @Test
  void whoIsAloneSpeaksAfterTheListenTime() {
    var cluster = Cluster.of(4).run(SECOND);
    cluster.members().forEach(Member::kill);
    var a = cluster.member("a");
    a.start();

    cluster.run(LISTEN_TIME.minusMillis(1));
    assertThat(voice(a)).isInstanceOf(Voice.Listening.class);

    cluster.run(Duration.ofMillis(1));
    assertThat(voice(a)).isInstanceOf(Voice.Speaking.class);
  }

  @Test
  void theOnlyValidatorHasNobodyToAsk() {
    var alone = Cluster.of(1).run(Duration.ofMillis(1)).member("a");

    assertThat(voice(alone)).isInstanceOf(Voice.Speaking.class);
  }

  @Test
  void whoListensSignsNothingAndSaysAllThatNeedsNoSignature() {
    var cluster = withoutAnswersToA();

    cluster.member("a").order(Members.transaction("x"));
    cluster.run(SECOND);

    assertThat(ofA)
        .contains(Traffic.PROPOSAL, Traffic.TIP, Traffic.QUESTION, Traffic.ANSWER)
        .doesNotContain(Traffic.VOTE);
  }

  @Test
  void whatWasHeldBackLeavesWhenListeningIsOver() {
    var cluster = Cluster.of(1);
    var alone = cluster.member("a");
    alone.order(Members.transactions("x", 3_000));

    cluster.run(Duration.ofMillis(1));

    assertThat(alone.delivered()).hasSize(3);
    var four = withoutAnswersToA();
    four.member("d").kill();
    four.member("a").order(Members.transaction("y"));
    four.run(LISTEN_TIME.plus(SECOND));
    assertThat(four.agree(1)).isTrue();
  }

  @Test
  void whoAsksAgainAndAgainIsAnsweredOnceASecond() {
    var cluster = Cluster.of(4);
    cluster.run(SECOND);
    var a = cluster.member("a");
    long before = a.replica().counts().of(Count.REQUESTS_SERVED);
    var question = EnvelopeCodec.encode(new Envelope.HeardRequest());

    for (int i = 0; i < 30; i++) {
      a.replica().ingress().onFrame(Members.id("c"), question, cluster.now());
      cluster.run(Duration.ofMillis(100));
    }

    assertThat(a.replica().counts().of(Count.REQUESTS_SERVED) - before).isEqualTo(3);
    assertThat(a.replica().counts().of(Count.REQUESTS_REFUSED)).isEqualTo(27);
  }

  @Test
  void aVoteOfOursThatAPeerHoldsAndWeDoNotKnowStopsUs() {
    var cluster = Cluster.of(4);
    cluster.run(SECOND);
    var a = cluster.member("a");
    a.kill();
    cluster
        .member("b")
        .replica()
        .offerVerified(Members.signed("a", Members.vote("a", 1, "another")), cluster.now());
    cluster.run(SECOND);
    a.start();

    cluster.run(SECOND);

    assertThat(a.replica().status().condition())
        .isInstanceOfSatisfying(
            Condition.Halted.class,
            it -> assertThat(it.reason()).contains("COMMIT at height 1, round 0"));
  }

  private Cluster withoutAnswersToA() {
    var cluster = Cluster.of(4);
    cluster.rule(
        (from, to, frame) -> {
          var traffic = Traffic.of(frame);
          if (from.name().equals("a")) {
            ofA.add(traffic);
          }
          return !to.name().equals("a") || traffic != Traffic.ANSWER;
        });
    return cluster;
  }

  private static Voice voice(Member member) {
    return member.replica().status().voice();
  }
}
