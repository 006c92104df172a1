package dev.quorate.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.store.InMemoryChainStore;
import dev.quorate.replica.cluster.KeyedHashes;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.conveyor.ConveyorMessage;
import dev.quorate.replica.conveyor.ConveyorProvider;
import dev.quorate.replica.guard.InMemoryGuardStorage;
import dev.quorate.replica.guard.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Real threads at the doors, while the owner turns only when it is woken. */
class DoorsTest {
  private static final int CLIENTS = 4;
  private static final int EACH = 500;

  private final Semaphore wakeups = new Semaphore(0);
  private final AtomicInteger delivered = new AtomicInteger();
  private final Queue<CompletionStage<Submission>> answers = new ConcurrentLinkedQueue<>();

  @Test
  void nothingThatComesThroughADoorIsForgotten() throws InterruptedException {
    var replica = alone();
    var clients = new ArrayList<Thread>();
    for (int i = 0; i < CLIENTS; i++) {
      var name = "client " + i;
      clients.add(Thread.ofPlatform().name(name).start(() -> submit(replica, name)));
    }

    var now = Members.GENESIS_TIME.plusSeconds(60);
    replica.turn(now, now);
    while (delivered.get() < CLIENTS * EACH) {
      assertThat(wakeups.tryAcquire(10, TimeUnit.SECONDS)).as("woken").isTrue();
      do {
        now = now.plusMillis(1);
        replica.turn(now, now);
      } while (replica.nextDeadline().equals(Instant.MIN));
    }
    for (var client : clients) {
      client.join();
    }

    assertThat(answers)
        .hasSize(CLIENTS * EACH)
        .allSatisfy(
            it -> assertThat(it.toCompletableFuture()).isCompletedWithValue(Submission.ADMITTED));
  }

  private void submit(Replica<ConveyorMessage> replica, String name) {
    for (var transaction : Members.transactions(name, EACH)) {
      answers.add(replica.submit(transaction));
    }
  }

  private Replica<ConveyorMessage> alone() {
    var genesis = Members.genesis(1);
    var ports =
        new ReplicaPorts(
            new InMemoryChainStore(genesis),
            new Nobody(),
            new InMemoryGuardStorage(),
            new SigningKey(Members.key("a"), new KeyedHashes()),
            (block, _) -> delivered.addAndGet(block.transactions().size()),
            wakeups::release);
    return Replica.open(
        genesis, Members.id("a"), new ConveyorProvider(), ports, ReplicaLimits.DEFAULT);
  }

  /** No other validator. */
  private static final class Nobody implements Network {
    @Override
    public boolean send(ValidatorId to, Bytes frame) {
      return false;
    }

    @Override
    public void broadcast(Bytes frame) {}
  }
}
