package dev.quorate.replica.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.MessageVerifier;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.Count;
import dev.quorate.replica.Counts;
import dev.quorate.replica.Submission;
import dev.quorate.replica.cluster.KeyedHashes;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.conveyor.ConveyorMessage;
import dev.quorate.replica.sync.SyncItem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final ValidatorId B = Members.id("b");
  private static final ValidatorId C = Members.id("c");
  private static final InboxLimits LIMITS = new InboxLimits(3, 1_000, 2, 1_000, 4, 100, 5, 100);

  private final Counts counts = new Counts();
  private final AtomicInteger wakeups = new AtomicInteger();
  private final Inbox<ConveyorMessage> inbox =
      new Inbox<>(List.of(B, C), LIMITS, counts, wakeups::incrementAndGet);
  private final Intake<ConveyorMessage> intake = new Intake<>();

  @Test
  void holdsNoMoreMessagesOfAPeerThanItMay() {
    for (int i = 0; i < 5; i++) {
      hear(B, i, 10);
    }
    hear(C, 9, 10);

    inbox.drainTo(intake);

    assertThat(heights()).containsExactly(0L, 9L, 1L, 2L);
    assertThat(counts.of(Count.DROPPED_MESSAGES)).isEqualTo(2);
  }

  @Test
  void holdsNoMoreBytesOfAPeerThanItMay() {
    hear(B, 1, 900);
    hear(B, 2, 101);
    hear(C, 3, 900);

    inbox.drainTo(intake);

    assertThat(heights()).containsExactly(1L, 3L);
    assertThat(inbox.hasRoomForMessage(B, 900)).isTrue();
  }

  @Test
  void takesASingleMessageHoweverLargeItIs() {
    hear(B, 1, 5_000);

    inbox.drainTo(intake);

    assertThat(heights()).containsExactly(1L);
  }

  @Test
  void peersTakeTurns() {
    for (int i = 0; i < 3; i++) {
      hear(B, 10 + i, 1);
    }
    for (int i = 0; i < 3; i++) {
      hear(C, 20 + i, 1);
    }

    inbox.drainTo(intake);

    assertThat(heights()).containsExactly(10L, 20L, 11L, 21L, 12L, 22L);
  }

  @Test
  void holdsNoMoreRequestsOfAPeerThanItMay() {
    for (int i = 0; i < 5; i++) {
      inbox.offer(B, new SyncItem.BlockAsked(BlockId.NONE), 0);
    }

    inbox.drainTo(intake);

    assertThat(intake.requests()).hasSize(2);
    assertThat(counts.of(Count.DROPPED_REQUESTS)).isEqualTo(3);
  }

  @Test
  void holdsNoMoreTransactionsOfAPeerThanItMay() {
    inbox.offer(B, Members.transactions("x", 3), 30);
    inbox.offer(B, Members.transactions("y", 2), 20);

    inbox.drainTo(intake);

    assertThat(intake.passed()).hasSize(1);
    assertThat(counts.of(Count.DROPPED_TRANSACTIONS)).isEqualTo(2);
  }

  @Test
  void tellsAClientThatTooManyWait() {
    assertThat(hand(Members.transactions("x", 5))).isEmpty();
    assertThat(hand(Members.transactions("y", 1))).contains(Submission.Reason.POOL_FULL);

    inbox.drainTo(intake);

    assertThat(hand(Members.transactions("y", 1))).isEmpty();
  }

  @Test
  void takesNothingOnceItIsClosed() {
    var waiting = Members.transactions("x", 1);
    assertThat(hand(waiting)).isEmpty();

    assertThat(inbox.close()).extracting(Intake.Handed::transactions).containsExactly(waiting);

    assertThat(hand(waiting)).contains(Submission.Reason.STOPPED);
    hear(B, 1, 1);
    inbox.drainTo(intake);
    assertThat(intake.messages()).isEmpty();
  }

  @Test
  void wakesItsOwnerOnceForAllThatComesBeforeATurn() {
    hear(B, 1, 1);
    hear(B, 2, 1);
    assertThat(wakeups).hasValue(1);

    inbox.drainTo(intake);
    hear(B, 3, 1);

    assertThat(wakeups).hasValue(2);
  }

  @Test
  void remembersOnlyTheLatestOfAPeersConnection() {
    inbox.link(B, true);
    inbox.link(C, true);
    inbox.link(B, false);
    inbox.link(Members.id("mallory"), true);

    inbox.drainTo(intake);

    assertThat(intake.links()).hasSize(2).containsEntry(B, false).containsEntry(C, true);
    assertThat(inbox.isEmpty()).isTrue();
  }

  private List<Long> heights() {
    return intake.messages().stream()
        .map(it -> ((ConveyorMessage.Tip) it.message().message()).height().value())
        .toList();
  }

  private void hear(ValidatorId from, long height, int bytes) {
    inbox.offer(signed(from, height), Instant.EPOCH, bytes);
  }

  private static Signed<ConveyorMessage> signed(ValidatorId from, long height) {
    var verifier =
        new MessageVerifier<ConveyorMessage>(
            "test", Members.genesis(4).validatorSet(), new KeyedHashes());
    return verifier
        .verify(from, new ConveyorMessage.Tip(new Height(height), Round.ZERO))
        .orElseThrow();
  }

  private Optional<Submission.Reason> hand(List<Transaction> transactions) {
    return inbox.offer(transactions, new CompletableFuture<>());
  }
}
