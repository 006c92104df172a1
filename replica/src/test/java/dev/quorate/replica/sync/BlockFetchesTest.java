package dev.quorate.replica.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.replica.Counts;
import dev.quorate.replica.cluster.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockFetchesTest {
  private static final ValidatorId B = Members.id("b");
  private static final ValidatorId C = Members.id("c");
  private static final ValidatorId D = Members.id("d");
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Height TIP = new Height(0);
  private static final Height ONE = new Height(1);

  private final Peers peers = new Peers(List.of(B, C, D));
  private final Wire wire = new Wire();
  private final BlockFetches fetches = new BlockFetches(peers, wire, new Counts(), PATIENCE);
  private Instant now = Instant.EPOCH;

  BlockFetchesTest() {
    List.of(B, C, D).forEach(peers::connect);
  }

  @Test
  void asksTheHintedPeerFirstAndTheOthersWhenItIsSilent() {
    fetches.want(id("x"), ONE, C);
    endOfTurn();
    after(PATIENCE);
    after(PATIENCE);

    assertThat(wire.to).containsExactly(C, D, B);
  }

  @Test
  void asksAPeerForOneBodyAtATime() {
    for (var name : List.of("v", "w", "x", "y", "z")) {
      fetches.want(id(name), ONE, B);
    }
    endOfTurn();
    endOfTurn();
    assertThat(wire.to).containsExactly(B, C, D);

    assertThat(fetches.arrived(id("v"))).isTrue();
    endOfTurn();

    assertThat(wire.to).containsExactly(B, C, D, B);
  }

  @Test
  void asksSomebodyElseAtOnceWhenThePeerIsGone() {
    fetches.want(id("x"), ONE, B);
    endOfTurn();
    peers.disconnect(B);
    fetches.disconnected(B);
    endOfTurn();

    assertThat(wire.to).containsExactly(B, C);
  }

  @Test
  void forgetsWhatIsFinal() {
    fetches.want(id("x"), ONE, B);
    fetches.endOfTurn(ONE, now);

    assertThat(wire.to).isEmpty();
    assertThat(fetches.arrived(id("x"))).isFalse();
    assertThat(fetches.nextDeadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void givesUpAfterSomeRoundsUnlessItIsWantedAgain() {
    fetches.want(id("x"), ONE, B);
    endOfTurn();
    for (int i = 0; i < 100; i++) {
      after(PATIENCE);
    }

    assertThat(wire.to).hasSize(3 * BlockFetches.MAX_ROUNDS);
    assertThat(fetches.nextDeadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void doesNotSpinWhenNobodyCanBeReached() {
    List.of(B, C, D).forEach(peers::disconnect);
    fetches.want(id("x"), ONE, B);
    endOfTurn();

    assertThat(fetches.nextDeadline()).isEqualTo(now.plus(PATIENCE));
  }

  @Test
  void doesNotAskForWhatCanBeNoBlock() {
    var whole = id("x");
    fetches.want(BlockId.NONE, ONE, B);
    fetches.want(new BlockId(Hash.NONE, whole.parts()), ONE, B);
    fetches.want(new BlockId(whole.hash(), PartSetHeader.NONE), ONE, B);
    fetches.want(new BlockId(whole.hash(), new PartSetHeader(0, whole.hash())), ONE, B);
    endOfTurn();

    assertThat(wire.to).isEmpty();
  }

  @Test
  void wantsNoMoreBodiesThanItMay() {
    for (int i = 0; i < BlockFetches.MAX_WANTED + 1; i++) {
      fetches.want(id("x" + i), ONE, B);
    }

    assertThat(fetches.arrived(id("x0"))).isFalse();
    assertThat(fetches.arrived(id("x1"))).isTrue();
  }

  private void after(Duration duration) {
    now = now.plus(duration);
    endOfTurn();
  }

  private void endOfTurn() {
    fetches.endOfTurn(TIP, now);
  }

  private static BlockId id(String text) {
    var hash = Hash.sha256(Bytes.utf8(text));
    return new BlockId(hash, new PartSetHeader(1, hash));
  }
}
