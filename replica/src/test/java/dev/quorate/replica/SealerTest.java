package dev.quorate.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.replica.Sealer.Departure;
import dev.quorate.replica.cluster.KeyedHashes;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.conveyor.ConveyorMessage;
import dev.quorate.replica.guard.DurableSignGuard;
import dev.quorate.replica.guard.InMemoryGuardStorage;
import dev.quorate.replica.guard.SigningKey;
import dev.quorate.replica.listen.Silence;
import dev.quorate.replica.sync.Peers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealerTest {
  private static final Instant START = Members.GENESIS_TIME;
  private static final Duration LISTENING = Duration.ofSeconds(2);
  private static final Hash HASH = Hash.sha256(Bytes.utf8("a block"));
  private static final BlockId BLOCK = new BlockId(HASH, new PartSetHeader(1, HASH));

  private final Silence silence = silence();
  private final Sealer<ConveyorMessage> sealer = sealer(silence);

  @Test
  void aVoteThatWasHeldBackLeavesAfterListeningThoughItsHeightWasDeliveredMeanwhile() {
    assertThat(sealer.seal(List.of(vote(1, 0)), 1)).isEmpty();
    assertThat(sealer.seal(List.of(tip(3)), 2)).hasSize(1);

    silence.advance(START.plus(LISTENING));
    var departures = sealer.seal(List.of(vote(4, 3)), 3);

    assertThat(departures).hasSize(2).allMatch(Departure.Letter.class::isInstance);
  }

  @Test
  void noMoreIsHeldBackThanFitsAndTheOldestGoFirst() {
    for (int round = 0; round <= Sealer.MAX_HELD; round++) {
      sealer.seal(List.of(vote(1, round, 0)), 1);
    }
    silence.advance(START.plus(LISTENING));

    var departures = sealer.seal(List.of(), 1);

    assertThat(departures).hasSize(Sealer.MAX_HELD);
    assertThat(((Departure.Letter<ConveyorMessage>) departures.getFirst()).message().message())
        .isInstanceOfSatisfying(
            ConveyorMessage.Ballot.class,
            it -> assertThat(it.vote().vote().round()).isEqualTo(new Round(1)));
  }

  @Test
  void aVoteForAHeightThatWasDeliveredWhenItWasAskedForIsRefused() {
    silence.advance(START.plus(LISTENING));

    var departures = sealer.seal(List.of(vote(3, 3)), 1);

    assertThat(departures).singleElement().isInstanceOf(Departure.Refused.class);
  }

  private static Silence silence() {
    var peers = new Peers(List.of(Members.id("b"), Members.id("c"), Members.id("d")));
    var silence =
        new Silence(
            new Silence.Membership(Members.genesis(4).validatorSet(), Members.id("a")),
            peers,
            Quiet.NETWORK,
            new Silence.Times(LISTENING, LISTENING),
            Optional.empty());
    silence.started(START);
    return silence;
  }

  private static Sealer<ConveyorMessage> sealer(Silence silence) {
    var guard =
        DurableSignGuard.open(
            new SigningKey(Members.key("a"), new KeyedHashes()),
            new InMemoryGuardStorage(),
            new DurableSignGuard.Found(true, new Height(0), 0));
    return new Sealer<>("conveyor-test", Members.id("a"), guard, silence, new Counts());
  }

  private static Sealer.Asked<ConveyorMessage> vote(long height, long delivered) {
    return vote(height, 0, delivered);
  }

  private static Sealer.Asked<ConveyorMessage> vote(long height, int round, long delivered) {
    var vote =
        new Vote(
            VoteType.COMMIT, new Height(height), new Round(round), BLOCK, START, Members.id("a"));
    return asked(new ConveyorMessage.Ballot(SignedVote.unsigned(vote)), delivered);
  }

  private static Sealer.Asked<ConveyorMessage> tip(long delivered) {
    return asked(new ConveyorMessage.Tip(new Height(delivered), Round.ZERO), delivered);
  }

  private static Sealer.Asked<ConveyorMessage> asked(ConveyorMessage message, long delivered) {
    return new Sealer.Asked<>(new Effect.Broadcast<>(message), new Height(delivered));
  }

  /** A net in which nobody listens. */
  private enum Quiet implements Network {
    NETWORK;

    @Override
    public boolean send(ValidatorId to, Bytes frame) {
      return false;
    }

    @Override
    public void broadcast(Bytes frame) {}
  }
}
