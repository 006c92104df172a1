package dev.quorate.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.SignPosition.Kind;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.store.StorageException;
import dev.quorate.replica.cluster.Cluster;
import dev.quorate.replica.cluster.CrashingStorage;
import dev.quorate.replica.cluster.CrashingStorage.Moment;
import dev.quorate.replica.cluster.Member;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.conveyor.ConveyorMessage;
import dev.quorate.replica.conveyor.ConveyorProvider;
import dev.quorate.replica.guard.GuardStorage;
import dev.quorate.replica.guard.InMemoryGuardStorage;
import dev.quorate.replica.listen.Voice;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a replica has said with its key, over all its lives. */
class GuardedReplicaTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Everything that b has signed and let out, by height and round. */
  private final Map<String, Set<SignedVote>> said = new HashMap<>();

  @ParameterizedTest
  @EnumSource
  void aCrashAtAnySyncOfTheGuardChangesNoVoteAndNoSignature(Moment moment) {
    boolean crashed = true;
    for (int sync = 2; crashed; sync++) {
      said.clear();
      var storage = new CrashingStorage(sync, moment);
      var cluster = Cluster.of(4).rule((from, _, frame) -> listen(from, frame));
      var b = restarted(cluster, "b", storage);

      cluster.member("a").order(Members.transactions("x", 3_000));
      cluster.run(SECOND);
      crashed = storage.hasCrashed();
      if (crashed) {
        assertThat(b.replica().status().condition()).isInstanceOf(Condition.Failed.class);
        b.kill();
        b.start();
        cluster.run(Duration.ofSeconds(3));
      }

      assertThat(b.replica().status().voice()).isInstanceOf(Voice.Speaking.class);
      assertThat(cluster.agree(3)).as("sync %d, %s", sync, moment).isTrue();
      assertThat(said).isNotEmpty().allSatisfy((_, votes) -> assertThat(votes).hasSize(1));
    }
  }

  @Test
  void aVoteThatWasSavedAndNotSignedIsSignedAndSentAfterTheRestart() {
    // With d away, a and c need the vote of b.
    var storage = new CrashingStorage(2, Moment.BEFORE);
    var cluster = Cluster.of(4).rule((from, _, frame) -> listen(from, frame));
    var b = restarted(cluster, "b", storage);
    cluster.member("d").kill();
    cluster.member("a").order(Members.transaction("x"));
    cluster.run(Duration.ofMillis(300));
    assertThat(said).isEmpty();

    b.kill();
    b.start();
    cluster.run(Duration.ofSeconds(3));

    assertThat(said).isNotEmpty();
    assertThat(cluster.member("a").delivered()).hasSize(1);
  }

  @Test
  void nothingLeavesWhenTheGuardsDiskFails() {
    var cluster = Cluster.of(4).rule((from, _, frame) -> listen(from, frame));
    var b = restarted(cluster, "b", new CrashingStorage(2, Moment.AFTER));

    cluster.member("a").order(Members.transaction("x"));
    cluster.run(SECOND);

    assertThat(b.replica().status().condition())
        .isInstanceOfSatisfying(
            Condition.Failed.class,
            it -> assertThat(it.cause()).isInstanceOf(StorageException.class));
    assertThat(said).isEmpty();
  }

  @Test
  void allThatLeavesInOnePassCostsOneSyncOfTheGuard() {
    var storage = new InMemoryGuardStorage();
    var cluster = Cluster.of(1);
    var alone = restarted(cluster, "a", storage);
    cluster.run(SECOND);
    int before = storage.syncs();

    alone.order(Members.transactions("x", 5_000));
    cluster.run(SECOND);

    assertThat(alone.delivered()).hasSize(5);
    assertThat(storage.syncs() - before).isLessThanOrEqualTo(5);
  }

  @Test
  void aStoreThatWasRolledBackBesideItsGuardMakesAnObserver() {
    var cluster = Cluster.of(4).rule((from, _, frame) -> listen(from, frame));
    commit(cluster, "x");
    var b = cluster.member("b");
    b.kill();
    b.loseStore();
    b.start();
    said.clear();

    commit(cluster, "y");

    assertThat(b.replica().status().voice())
        .isInstanceOfSatisfying(
            Voice.Observing.class, it -> assertThat(it.lost()).contains("the sign guard"));
    assertThat(b.delivered()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(b.replica().counts().of(Count.MESSAGES_WITHHELD)).isPositive();
    assertThat(said).isEmpty();
    assertThat(cluster.agree(2)).isTrue();
  }

  @Test
  void aFolderThatWasRestoredAsAWholeStopsAtItsOwnLaterVotes() {
    var cluster = Cluster.of(4);
    commit(cluster, "x");
    var b = cluster.member("b");
    b.kill();
    var oldGuard = ((InMemoryGuardStorage) b.guard()).copy();
    var oldStore = b.copyStore();
    b.start();
    cluster.run(SECOND);
    commit(cluster, "y");
    commit(cluster, "z");
    b.kill();

    b.restore(oldStore, oldGuard);
    b.start();
    cluster.run(SECOND);

    assertThat(b.replica().status().condition())
        .isInstanceOfSatisfying(
            Condition.Halted.class,
            it -> assertThat(it.reason()).contains("another instance").contains("old copy"));
    assertThat(b.replica().counts().of(Count.FOREIGN_SIGNATURES)).isEqualTo(1);
  }

  @Test
  void whoeverStoppedAtAForeignSignatureObservesWhenItIsStartedAgain() {
    var cluster = Cluster.of(4);
    commit(cluster, "x");
    var b = cluster.member("b");
    b.kill();
    b.restore(b.copyStore(), Members.guardThatSigned("b", Kind.COMMIT, 1, "nothing of note"));
    b.start();
    vote(cluster, b, "by another instance");
    cluster.run(SECOND);
    assertThat(b.replica().status().condition()).isInstanceOf(Condition.Halted.class);

    b.kill();
    b.start();
    cluster.run(SECOND);

    assertThat(b.replica().status().voice()).isInstanceOf(Voice.Observing.class);
  }

  @Test
  void ownOldVotesThatAreSentAgainByOthersAreNoReasonToStop() {
    var cluster = Cluster.of(4);
    var frames = new LinkedHashSet<Bytes>();
    cluster.rule(
        (from, _, frame) -> {
          if (from.name().equals("b") && vote(frame).isPresent()) {
            frames.add(frame);
          }
          return true;
        });
    commit(cluster, "x");
    commit(cluster, "y");
    var b = cluster.member("b");
    b.kill();
    b.start();

    for (var frame : frames) {
      b.replica().ingress().onFrame(Members.id("d"), frame, cluster.now());
    }
    cluster.run(SECOND);

    assertThat(frames).isNotEmpty();
    assertThat(b.replica().status().condition()).isInstanceOf(Condition.Running.class);
  }

  private static void vote(Cluster cluster, Member b, String text) {
    var message = new ConveyorMessage.Ballot(Members.vote("b", 7, text));
    var codec = new ConveyorProvider().codec(new LedgerBlockReader(Limits.DEFAULT));
    var frame = EnvelopeCodec.encode(new Envelope.EngineMessage(codec.encode(message)));
    b.replica().ingress().onFrame(Members.id("c"), frame, cluster.now());
  }

  private static void commit(Cluster cluster, String text) {
    cluster.run(SECOND);
    cluster.member("a").order(Members.transaction(text));
    cluster.run(SECOND);
  }

  private static Member restarted(Cluster cluster, String name, GuardStorage storage) {
    var member = cluster.member(name);
    member.kill();
    member.guard(storage);
    member.start();
    cluster.run(SECOND);
    return member;
  }

  private boolean listen(Member from, Bytes frame) {
    if (from.name().equals("b")) {
      vote(frame)
          .ifPresent(
              it -> {
                var slot = it.vote().height() + "/" + it.vote().round();
                said.computeIfAbsent(slot, _ -> new LinkedHashSet<>()).add(it);
              });
    }
    return true;
  }

  private static Optional<SignedVote> vote(Bytes frame) {
    var codec = new ConveyorProvider().codec(new LedgerBlockReader(Limits.DEFAULT));
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var bytes))
            && codec.decode(bytes) instanceof Decoded.Ok(ConveyorMessage.Ballot(var signed))
        ? Optional.of(signed)
        : Optional.empty();
  }
}
