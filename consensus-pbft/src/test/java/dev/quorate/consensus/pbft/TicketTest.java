package dev.quorate.consensus.pbft;

import static dev.quorate.consensus.pbft.NormalCaseTest.certificate;
import static dev.quorate.consensus.pbft.ViewChanges.leaveForView1;
import static dev.quorate.consensus.pbft.ViewChanges.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.PbftMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R14 and R14b, from the point of view of c, which others left behind. */
class TicketTest {
  private final List<Block> chain = NormalCaseTest.chain("x", 4);
  private final Replica c = Replica.fresh("c");

  @ParameterizedTest
  @EnumSource(VoteType.class)
  void aCertificateOfTheDeliveredHeightAdmitsToItsView(VoteType type) {
    deliver(chain.get(0));

    c.receive("d", new CertificateMessage(certificate(type, 1, chain.get(0))));

    assertThat(c.engine().status().round().value()).isEqualTo(1);
    c.propose("b", 1, chain.get(1));
    assertThat(c.said()).containsExactly("prepare h2");
  }

  @Test
  void aCertificateOfAHeightFarBelowAdmitsTooWithTheDeliveredBlockAsBase() {
    deliver(chain.get(0));
    deliver(chain.get(1));

    c.receive("d", new CertificateMessage(certificate(VoteType.PREPARE, 1, chain.get(0))));
    c.propose("b", 1, chain.get(2));

    assertThat(c.said()).containsExactly("prepare h3");
  }

  @Test
  void wantsOfADeliveredHeightOnlyWhatAdmitsToAnotherView() {
    deliver(chain.get(0));
    var filter = c.engine().filter();

    assertThat(filter.wants(commitOf(0, chain.get(0)))).isFalse();
    assertThat(filter.wants(commitOf(1, chain.get(0)))).isTrue();
  }

  @Test
  void givesAPeerTheTicketByWhichItEntered() {
    deliver(chain.get(0));
    c.receive("d", commitOf(1, chain.get(0))).effects();

    c.receive("a", status(0));

    assertThat(c.effects())
        .contains(new Effect.Send<>(Validators.FOUR.id("a"), commitOf(1, chain.get(0))));
  }

  @Test
  void haltsOnACommitCertificateForAnotherBlockThanTheDeliveredOne() {
    deliver(chain.get(0));
    var other = Validators.block(1, BlockId.NONE, Validators.FOUR.id("b"), "other");

    c.receive("d", commitOf(1, other));

    assertThat(c.effects()).anyMatch(Effect.Halt.class::isInstance);
  }

  @Test
  void fetchesTheBlockThatATicketNamesBeforeItPreparesAnythingOnIt() {
    c.receive("d", commitOf(1, chain.get(1)));
    assertThat(c.effects())
        .contains(fetch(chain.get(1)))
        .noneMatch(Effect.Broadcast.class::isInstance);

    c.step(new Event.BlockArrived<>(chain.get(1)));
    assertThat(c.effects()).contains(fetch(chain.get(0)));
    c.step(new Event.BlockArrived<>(chain.get(0))).propose("b", 1, chain.get(2));

    assertThat(c.said()).containsExactly("prepare h3");
  }

  @Test
  void aTicketToThePendingViewIsGood() {
    leaveForView1(c);

    c.receive("d", new CertificateMessage(certificate(VoteType.PREPARE, 1, chain.get(0))));

    assertThat(c.engine().status().active()).isTrue();
  }

  @Test
  void votesInTheNextViewThoughItSleptThroughTheNewViewAndTheDecision() {
    c.propose("a", 0, chain.get(0)).commits("abd", 0, chain.get(0)).effects();

    c.step(new Event.Synced<>(chain.get(1), certificate(VoteType.COMMIT, 3, chain.get(1))));
    c.receive("a", commitOf(3, chain.get(1)));
    c.propose("d", 3, chain.get(2));

    assertThat(c.said()).containsExactly("prepare h3");
  }

  private void deliver(Block block) {
    c.step(new Event.Synced<>(block, certificate(VoteType.COMMIT, 0, block))).effects();
  }

  private static CertificateMessage commitOf(int view, Block block) {
    return new CertificateMessage(certificate(VoteType.COMMIT, view, block));
  }

  private static Effect<PbftMessage> fetch(Block block) {
    var hint = Validators.FOUR.id("b");
    return new Effect.FetchBlock<>(block.id(), block.height(), hint);
  }
}
