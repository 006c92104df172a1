package dev.quorate.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.View;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R17, from the point of view of b. */
class StatusExchangeTest {
  private final Replica b = Replica.fresh("b");
  private final List<Block> chain = NormalCaseTest.chain("x", 8);

  @Test
  void tellsWhatItHasOnEveryHeartbeatAlsoIdle() {
    b.effects();

    b.fire(PbftTimer.HEARTBEAT);

    assertThat(b.effects())
        .contains(new Effect.Broadcast<>(nothingAt(0)))
        .anyMatch(Effect.StartTimer.class::isInstance);
  }

  @Test
  void sendsAPeerWhatItsStatusLacks() {
    b.propose("a", 0, chain.get(0));
    beats(2);

    b.receive("c", nothingAt(0));

    assertThat(sentTo("c")).containsExactly("pre-prepare h1", "prepare h1");
  }

  @Test
  void sendsTheCertificateInsteadOfItsVoteOnceItHasOne() {
    b.propose("a", 0, chain.get(0)).prepares("c", 0, chain.get(0));
    beats(2);

    b.receive("d", nothingAt(0));

    assertThat(sentTo("d")).containsExactly("pre-prepare h1", "certificate h1", "commit h1");
  }

  @Test
  void repeatsNothingThatMayStillBeOnItsWay() {
    b.propose("a", 0, chain.get(0)).effects();

    b.receive("c", nothingAt(0));

    assertThat(sentTo("c")).isEmpty();
  }

  @Test
  void repeatsNothingToAPeerThatHasItAll() {
    b.propose("a", 0, chain.get(0));
    beats(1);
    var own = b.effects().stream().filter(Effect.Broadcast.class::isInstance).toList().getLast();
    beats(2);

    b.receive("c", ((Effect.Broadcast<PbftMessage>) own).message());

    assertThat(sentTo("c")).isEmpty();
  }

  @Test
  void asksAPeerThatIsFarAheadForTheBlocksBetween() {
    b.receive("c", nothingAt(9));

    assertThat(b.effects())
        .contains(
            new Effect.FetchCommitted<>(Validators.FOUR.id("c"), new Height(1), new Height(9)));
  }

  @Test
  void asksAPeerThatIsALittleAheadOnlyWhenNothingMoves() {
    b.propose("a", 0, chain.get(0)).prepares("c", 0, chain.get(0));
    b.commits("ac", 0, chain.get(0)).effects();
    b.receive("c", nothingAt(2));
    assertThat(b.effects()).noneMatch(Effect.FetchCommitted.class::isInstance);
    beats(1);

    b.receive("c", nothingAt(2));

    assertThat(b.effects())
        .contains(
            new Effect.FetchCommitted<>(Validators.FOUR.id("c"), new Height(2), new Height(2)));
  }

  @Test
  void aPeerThatConnectsIsToldAtOnceWhereItStands() {
    b.effects();

    b.step(new Event.PeerConnected<>(Validators.FOUR.id("d")));

    assertThat(b.effects())
        .containsExactly(new Effect.Send<>(Validators.FOUR.id("d"), nothingAt(0)));
  }

  @Test
  void aStatusWithAbsurdNumbersChangesNothing() {
    b.propose("a", 0, chain.get(0));
    beats(2);
    b.effects();

    b.receive("c", new Status(View.ZERO, true, View.ZERO, new Height(Long.MAX_VALUE), List.of()));
    b.receive(
        "c",
        new Status(
            new View(Integer.MAX_VALUE),
            true,
            new View(Integer.MAX_VALUE),
            new Height(0),
            List.of()));

    assertThat(sentTo("c")).isEmpty();
  }

  private void beats(int count) {
    for (int i = 0; i < count; i++) {
      b.fire(PbftTimer.HEARTBEAT);
    }
  }

  private static Status nothingAt(long committed) {
    return new Status(View.ZERO, true, View.ZERO, new Height(committed), List.of());
  }

  private List<String> sentTo(String name) {
    var to = Validators.FOUR.id(name);
    return b.effects().stream()
        .filter(Effect.Send.class::isInstance)
        .map(it -> (Effect.Send<PbftMessage>) it)
        .filter(it -> it.to().equals(to))
        .map(it -> Replica.shortly(it.message()))
        .toList();
  }
}
