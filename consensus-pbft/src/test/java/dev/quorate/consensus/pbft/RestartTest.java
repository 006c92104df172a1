package dev.quorate.consensus.pbft;

import static dev.quorate.consensus.pbft.ViewChanges.claim;
import static dev.quorate.consensus.pbft.ViewChanges.leaveForView1;
import static dev.quorate.consensus.pbft.ViewChanges.newViewOf;
import static dev.quorate.consensus.pbft.ViewChanges.prepared;
import static dev.quorate.consensus.pbft.ViewChanges.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.crypto.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a replica says, and does not say, after it came back. */
class RestartTest {
  private final List<Block> chain = NormalCaseTest.chain("x", 3);

  @Test
  void aBackupRepeatsItsLastVotesToTheLetter() {
    var b = Replica.fresh("b");
    b.propose("a", 0, chain.get(0)).prepares("c", 0, chain.get(0));
    b.propose("a", 0, chain.get(1));
    var before = b.effects();

    var again = Replica.restored("b", Replica.lastState(before), List.of(chain.get(0)));

    assertThat(again.broadcasts()).containsExactlyInAnyOrderElementsOf(votes(before));
  }

  @Test
  void aPrimaryRepeatsItsProposals() {
    var a = Replica.fresh("a");
    a.work(1_000, true).work(1_000, true);
    var before = a.effects();
    var proposals = proposals(before);

    var again = Replica.restored("a", Replica.lastState(before), proposals);

    assertThat(proposals(again.effects())).isEqualTo(proposals);
  }

  @Test
  void neverPreparesAnotherBlockAtAHeightThatItPrepared() {
    var b = Replica.fresh("b");
    b.propose("a", 0, chain.get(0));
    var state = Replica.lastState(b.effects());
    var other = Validators.block(1, BlockId.NONE, Validators.FOUR.id("a"), "other");

    var again = Replica.restored("b", state, List.of());
    again.effects();
    again.propose("a", 0, other);

    assertThat(again.said()).isEmpty();
  }

  @Test
  void goesOnAboveWhatItPreparedOnceTheBodyIsHereAgain() {
    var b = Replica.fresh("b");
    b.propose("a", 0, chain.get(0));
    var state = Replica.lastState(b.effects());

    var again = Replica.restored("b", state, List.of());
    again.effects();
    again.propose("a", 0, chain.get(1)).propose("a", 0, chain.get(0));

    assertThat(again.said()).containsExactly("prepare h2");
  }

  @Test
  void aPrimaryThatFellBeforeItsNewViewWasSignedMakesTheSameOneAgain() {
    var b = Replica.fresh("b");
    leaveForView1(b);
    b.receive("c", claim("c", 1, Optional.empty())).effects();

    var effects = b.engine().step(received("d", claim("d", 1, Optional.empty())));
    var again = Replica.restored("b", Replica.lastState(effects), List.of());

    assertThat(newViewOf(again.broadcasts())).isEqualTo(newViewOf(votes(effects)));
    again.effects();
    again.receive("c", status(0));
    assertThat(again.effects()).anyMatch(RestartTest::isSentNewView);
  }

  @Test
  void aNewViewThatWasNotSignedBeforeItsTipWasDeliveredIsGivenUpWithItsView() {
    var tip = chain.get(0);
    var b = Replica.fresh("b");
    b.propose("a", 0, tip);
    leaveForView1(b);
    b.receive("c", claim("c", 1, Optional.of(prepared(0, tip)))).effects();
    var effects = b.engine().step(received("d", claim("d", 1, Optional.empty())));
    assertThat(newViewOf(votes(effects)).tip()).isPresent();

    var delivered = new Restored.Tip(tip.height(), tip.id(), tip.time());
    var commit = Optional.of(NormalCaseTest.certificate(VoteType.COMMIT, 0, tip));
    var again =
        Replica.restored(
            "b", new Restored(Replica.lastState(effects), delivered, commit, List.of()));

    assertThat(again.said()).containsExactly("view-change v2");
    again.receive("c", status(0));
    assertThat(again.effects()).noneMatch(RestartTest::isSentNewView);
  }

  @Test
  void aSavedStateOfAnUnknownFormatIsRefused() {
    var unknown = Optional.of(Bytes.fromHex("0863"));

    assertThatThrownBy(() -> Replica.restored("b", unknown, List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("format 99");
  }

  private static Event<PbftMessage> received(String from, PbftMessage message) {
    var signed = Validators.signed(Validators.FOUR.id(from), message);
    return new Event.Received<>(signed, Validators.GENESIS_TIME);
  }

  private static boolean isSentNewView(Effect<PbftMessage> effect) {
    return effect instanceof Effect.Send<PbftMessage>(var to, NewView newView);
  }

  private static List<PbftMessage> votes(List<Effect<PbftMessage>> effects) {
    return effects.stream()
        .filter(Effect.Broadcast.class::isInstance)
        .map(it -> ((Effect.Broadcast<PbftMessage>) it).message())
        .toList();
  }

  private static List<Block> proposals(List<Effect<PbftMessage>> effects) {
    return votes(effects).stream()
        .filter(PrePrepare.class::isInstance)
        .map(it -> ((PrePrepare) it).block())
        .toList();
  }
}
