package dev.quorate.replica.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.replica.Counts;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.wire.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatchUpTest {
  private static final ValidatorId B = Members.id("b");
  private static final ValidatorId C = Members.id("c");
  private static final ValidatorId D = Members.id("d");
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Peers peers = new Peers(List.of(B, C, D));
  private final Wire wire = new Wire();
  private final CatchUp catchUp = new CatchUp(peers, wire, new Counts(), PATIENCE);
  private Instant now = Instant.EPOCH;
  private long tip;

  CatchUpTest() {
    List.of(B, C, D).forEach(peers::connect);
  }

  @Test
  void asksOnePeerUntilTheHeightIsReached() {
    catchUp.want(C, new Height(10));
    endOfTurn();
    endOfTurn();
    answer(C, 6);
    endOfTurn();
    answer(C, 10);
    endOfTurn();

    assertThat(wire.sent)
        .containsExactly(
            new Envelope.CommittedRequest(new Height(1), new Height(10)),
            new Envelope.CommittedRequest(new Height(7), new Height(10)));
    assertThat(wire.to).containsExactly(C, C);
    assertThat(catchUp.isActive()).isFalse();
  }

  @Test
  void asksTheNextPeerWhenOneIsSilent() {
    catchUp.want(C, new Height(10));
    endOfTurn();
    now = now.plus(PATIENCE);
    endOfTurn();

    assertThat(wire.to).containsExactly(C, D);
  }

  @Test
  void givesUpWhenNobodyHasWhatOneClaims() {
    catchUp.want(B, new Height(Long.MAX_VALUE));
    for (int i = 0; i < 10; i++) {
      endOfTurn();
      catchUp.asked().ifPresent(it -> catchUp.answered(it, false));
    }

    assertThat(wire.to).containsExactly(B, C, D);
    assertThat(catchUp.isActive()).isFalse();
  }

  @Test
  void aPeerWhoseBlocksMoveNothingIsNotAskedForThemAgain() {
    catchUp.want(B, new Height(10));
    for (int i = 0; i < 10; i++) {
      endOfTurn();
      catchUp.asked().ifPresent(it -> catchUp.answered(it, true));
    }

    assertThat(wire.to).containsExactly(B, C, D);
    assertThat(catchUp.isActive()).isFalse();
  }

  @Test
  void asksThePeersAgainOnceTheTipHasMoved() {
    catchUp.want(B, new Height(10));
    endOfTurn();
    catchUp.answered(B, false);
    endOfTurn();
    tip = 3;
    now = now.plus(PATIENCE);
    endOfTurn();

    assertThat(wire.to).containsExactly(B, C, B);
  }

  @Test
  void passesOverWhoeverCannotBeReached() {
    wire.cutOff.add(B);
    peers.disconnect(C);
    catchUp.want(B, new Height(10));
    endOfTurn();

    assertThat(wire.to).containsExactly(D);
  }

  @Test
  void anAnswerOfSomebodyElseChangesNothing() {
    catchUp.want(B, new Height(10));
    endOfTurn();
    catchUp.answered(C, true);
    endOfTurn();

    assertThat(wire.to).containsExactly(B);
    assertThat(catchUp.asked()).contains(B);
  }

  private void answer(ValidatorId peer, long reached) {
    tip = reached;
    catchUp.answered(peer, true);
  }

  private void endOfTurn() {
    catchUp.endOfTurn(new Height(tip), now);
  }
}
