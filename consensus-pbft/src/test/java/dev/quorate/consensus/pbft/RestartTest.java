package dev.quorate.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.vote.BlockId;
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
  void aSavedStateOfAnUnknownFormatIsRefused() {
    var unknown = Optional.of(Bytes.fromHex("0863"));

    assertThatThrownBy(() -> Replica.restored("b", unknown, List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("format 99");
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
