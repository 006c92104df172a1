package dev.quorate.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.DuplicateVote;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.evidence.EvidencePlace;
import dev.quorate.replica.cluster.Cluster;
import dev.quorate.replica.cluster.Member;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.conveyor.ConveyorMessage;
import dev.quorate.replica.conveyor.ConveyorProvider;
import dev.quorate.replica.evidence.EvidenceGossip;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Validator d votes twice at height 1, and only b gets to see both votes. */
class EquivocationTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Height FIRST = new Height(1);

  private final Cluster cluster = Cluster.of(4).run(SECOND);
  private final Member a = cluster.member("a");
  private final Member b = cluster.member("b");
  private final Hash offence =
      DuplicateVote.of(vote("one"), vote("other")).orElseThrow().offence().id();
  private boolean evidencePasses = true;

  @Test
  void twoVotesForOneSlotStandInAFinalBlockOfEverybody() {
    equivocate();
    order("x");
    assertThat(b.store().evidence().pending()).hasSize(1);

    order("y");

    for (var member : cluster.members()) {
      var evidence = member.store().evidence();
      assertThat(evidence.locate(offence)).contains(new EvidencePlace(new Height(2), 0));
      assertThat(evidence.pending()).isEmpty();
      assertThat(evidence.committed(EvidencePlace.FIRST, 10))
          .singleElement()
          .satisfies(it -> assertThat(it.evidence().validator()).isEqualTo(Members.id("d")));
      assertThat(member.replica().counts().of(Count.EVIDENCE_COMMITTED)).isEqualTo(1);
      assertThat(member.replica().counts().of(Count.EVIDENCE_INVALID)).isZero();
      assertThat(member.replica().status().condition()).isEqualTo(Condition.RUNNING);
    }
    assertThat(cluster.agree(2)).isTrue();
  }

  @Test
  void evidenceIsOnDiskBeforeItIsPassedOn() {
    var early = new ArrayList<String>();
    var passedOn = new ArrayList<String>();
    cluster.rule(
        (from, _, frame) -> {
          for (var piece : evidence(frame)) {
            var kept = from.store().evidence();
            boolean durable = kept.pending().contains(piece) || kept.locate(offence).isPresent();
            (durable ? passedOn : early).add(from.name());
          }
          return true;
        });
    equivocate();
    order("x");
    order("y");

    assertThat(early).isEmpty();
    assertThat(passedOn).contains("a", "b", "c", "d");
  }

  @Test
  void anOffenceStandsOnceInTheChainHoweverOftenItIsShown() {
    equivocate();
    order("x");
    order("y");

    var time = a.store().header(FIRST).orElseThrow().time();
    var again = DuplicateVote.of(vote("one"), vote("third")).orElseThrow();
    var piece = DuplicateVoteEvidence.of(again, cluster.genesis().validatorSet(), time);
    a.replica()
        .ingress()
        .onFrame(
            Members.id("d"),
            EnvelopeCodec.encode(new Envelope.Evidence(List.of(piece.encode()))),
            cluster.now());
    order("z");

    assertThat(a.store().evidence().committed(EvidencePlace.FIRST, 10)).hasSize(1);
    assertThat(a.replica().counts().of(Count.EVIDENCE_REPEATED)).isPositive();
  }

  @Test
  void whatWasKeptOutlivesACrashAndIsToldToWhoeverConnects() {
    holdEvidenceBack();
    equivocate();
    order("x");
    b.kill();
    evidencePasses = true;
    b.start();
    cluster.run(SECOND);
    order("y");

    assertThat(a.store().evidence().locate(offence)).isPresent();
    assertThat(b.store().evidence().pending()).isEmpty();
  }

  @Test
  void whatWasLostOnTheWayIsSaidAgainOnceBlocksAreMade() {
    holdEvidenceBack();
    equivocate();
    order("x");
    assertThat(a.store().evidence().pending()).isEmpty();
    evidencePasses = true;
    cluster.run(EvidenceGossip.REPEAT);
    order("y");
    order("z");

    assertThat(a.store().evidence().locate(offence)).isPresent();
  }

  @Test
  void correctValidatorsAreNeverNamed() {
    for (int i = 0; i < 10; i++) {
      order("t" + i);
    }
    cluster.member("a").kill();
    cluster.member("c").order(Members.transactions("c", 20));
    cluster.run(SECOND.multipliedBy(3));
    cluster.member("a").start();
    cluster.run(SECOND.multipliedBy(3));

    for (var member : cluster.members()) {
      assertThat(member.store().evidence().committed(EvidencePlace.FIRST, 10)).isEmpty();
      assertThat(member.store().evidence().pending()).isEmpty();
    }
  }

  /** Until {@code evidencePasses} is set again. */
  private void holdEvidenceBack() {
    evidencePasses = false;
    cluster.rule((_, _, frame) -> evidencePasses || evidence(frame).isEmpty());
  }

  private void equivocate() {
    var codec = new ConveyorProvider().codec(new LedgerBlockReader(Limits.DEFAULT));
    for (var vote : List.of(vote("one"), vote("other"))) {
      var frame =
          EnvelopeCodec.encode(
              new Envelope.EngineMessage(codec.encode(new ConveyorMessage.Ballot(vote))));
      b.replica().ingress().onFrame(Members.id("d"), frame, cluster.now());
    }
    cluster.run(Duration.ofMillis(1));
  }

  private void order(String text) {
    cluster.member("a").order(Members.transaction(text));
    cluster.run(SECOND);
  }

  private static List<DuplicateVoteEvidence> evidence(Bytes frame) {
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.Evidence(var pieces))
        ? pieces.stream().map(it -> DuplicateVoteEvidence.decode(it).orElseThrow()).toList()
        : List.of();
  }

  private static SignedVote vote(String block) {
    var hash = Hash.sha256(Bytes.utf8(block));
    var id = new BlockId(hash, new PartSetHeader(1, hash));
    return Members.vote("d", FIRST, Round.ZERO, id, Members.GENESIS_TIME);
  }
}
