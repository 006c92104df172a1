package dev.quorate.replica.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Effect.IfEmpty;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.DuplicateVote;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Ancestors;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitSig;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.ledger.evidence.EvidenceLimits;
import dev.quorate.ledger.evidence.EvidenceVerifier;
import dev.quorate.ledger.store.InMemoryChainStore;
import dev.quorate.replica.Count;
import dev.quorate.replica.Counts;
import dev.quorate.replica.Network;
import dev.quorate.replica.blocks.Blocks;
import dev.quorate.replica.cluster.KeyedHashes;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.pool.Mempool;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvidencePoolTest {
  private static final Instant NOW = Members.GENESIS_TIME.plusSeconds(60);
  private static final long ROOMY = 1 << 20;

  private final Genesis genesis = Members.genesis(4);
  private final EvidenceVerifier verifier =
      new EvidenceVerifier("conveyor-test", genesis.validatorSet(), new KeyedHashes());
  private final BlockRules rules = new BlockRules(genesis, Members.SHAPE, new KeyedHashes());
  private final InMemoryChainStore store = new InMemoryChainStore(genesis);
  private final Counts counts = new Counts();
  private final List<String> said = new ArrayList<>();
  private final EvidencePool pool = open();

  @Test
  void aPairWaitsUntilItsHeightIsFinal() {
    accuse("d", 1, 0);
    assertThat(pool.hasUnsaved()).isFalse();

    deliver("x");

    assertThat(pool.unsaved())
        .singleElement()
        .satisfies(it -> assertThat(it.validator()).isEqualTo(Members.id("d")))
        .satisfies(it -> assertThat(it.time()).isEqualTo(store.tip().orElseThrow().time()));
  }

  @Test
  void nothingIsPassedOnOrPickedBeforeItIsSaved() {
    deliver("x");
    accuse("d", 1, 0);
    assertThat(said).isEmpty();
    assertThat(pick(2)).isEmpty();

    save();

    assertThat(said).containsExactly("all 1");
    assertThat(pick(2)).hasSize(1);
    assertThat(counts.of(Count.EVIDENCE_KEPT)).isEqualTo(1);
  }

  @Test
  void theEngineIsNotBelieved() {
    deliver("x");

    pool.accused(
        SignedVote.unsigned(vote("d", 1, 0, "one").vote()),
        SignedVote.unsigned(vote("d", 1, 0, "other").vote()));
    pool.accused(vote("d", 1, 0, "one"), vote("d", 1, 1, "other"));

    assertThat(pool.hasUnsaved()).isFalse();
    assertThat(counts.of(Count.EVIDENCE_INVALID)).isEqualTo(2);
  }

  @Test
  void anOffenceIsKeptOnceWhicheverVotesShowIt() {
    deliver("x");
    accuse("d", 1, 0);
    save();

    pool.accused(vote("d", 1, 0, "one"), vote("d", 1, 0, "third"));
    pool.arrived(List.of(piece("d", 1, 0)));

    assertThat(pool.hasUnsaved()).isFalse();
    assertThat(counts.of(Count.EVIDENCE_REPEATED)).isEqualTo(2);
  }

  @Test
  void whatIsInTheChainWaitsNoMoreAndDoesNotComeBack() {
    deliver("x");
    accuse("d", 1, 0);
    save();

    deliver("y", piece("d", 1, 0));
    accuse("d", 1, 0);

    assertThat(pick(3)).isEmpty();
    assertThat(pool.hasUnsaved()).isFalse();
    assertThat(counts.of(Count.EVIDENCE_COMMITTED)).isEqualTo(1);
  }

  @Test
  void whatWaitsOutlivesARestart() {
    deliver("x");
    accuse("d", 1, 0);
    save();

    var restarted = open();

    assertThat(restarted.pick(Ancestors.NONE, new Height(2), ROOMY)).hasSize(1);
  }

  @Test
  void noMorePairsWaitForTheirHeightThanOneValidatorsShare() {
    for (int round = 0; round <= EvidencePool.MAX_WAITING; round++) {
      accuse("d", 1, round);
    }
    accuse("c", 1, 0);

    deliver("x");

    assertThat(pool.unsaved()).hasSize(EvidencePool.MAX_WAITING / 4 + 1);
    assertThat(counts.of(Count.EVIDENCE_REFUSED))
        .isEqualTo(EvidencePool.MAX_WAITING + 1 - EvidencePool.MAX_WAITING / 4);
  }

  @Test
  void oneValidatorsOffencesDoNotCrowdOutAnothers() {
    deliver("x");
    for (int round = 0; round <= EvidenceLimits.MAX_PENDING; round++) {
      accuse("d", 1, round);
    }
    save();
    accuse("c", 1, 0);
    save();

    assertThat(store.evidence().pending()).hasSize(pool.maxAgainstOne() + 1);
    assertThat(counts.of(Count.EVIDENCE_REFUSED))
        .isEqualTo(EvidenceLimits.MAX_PENDING + 1 - pool.maxAgainstOne());
    assertThat(door(piece("d", 1, 5_000), piece("c", 1, 1))).containsExactly(piece("c", 1, 1));
  }

  @Test
  void aBlockGetsAsManyPiecesAsMayBeAndAsFit() {
    deliver("x");
    for (int round = 1; round <= LedgerBlock.MAX_EVIDENCE + 1; round++) {
      accuse("d", 1, round);
    }
    save();
    long size = LedgerBlock.evidenceSizeInBlock(piece("d", 1, 1).encode().length());

    assertThat(pick(2)).hasSize(LedgerBlock.MAX_EVIDENCE);
    assertThat(pool.pick(Ancestors.NONE, new Height(2), 3 * size)).hasSize(3);
    assertThat(pool.pick(Ancestors.NONE, new Height(2), size - 1)).isEmpty();
  }

  @Test
  void aBlockGetsNothingOfItsOwnHeightAndNothingTooOld() {
    deliver("x");
    accuse("d", 1, 0);
    save();

    assertThat(pick(1)).isEmpty();
    assertThat(pick(1 + EvidenceLimits.MAX_AGE)).hasSize(1);
    assertThat(pick(2 + EvidenceLimits.MAX_AGE)).isEmpty();
  }

  @Test
  void whatAnUndeliveredBlockHoldsIsPickableOnOtherChainsOnly() {
    var transactions = new Mempool(genesis.limits(), 1_000, 1_000_000);
    deliver("x");
    accuse("d", 1, 0);
    save();
    var tip = store.tip().orElseThrow();
    var blocks = new Blocks(rules, Members.id("a"), store, transactions, pool, tip);
    transactions.admit(Members.transaction("y"), Mempool.Origin.CLIENT, NOW, false);

    var first = blocks.build(tip.id(), Optional.empty(), IfEmpty.DECLINE, NOW).orElseThrow();
    blocks.stored(first);
    transactions.admit(Members.transaction("z"), Mempool.Origin.CLIENT, NOW, false);
    var second = blocks.build(first.id(), Optional.empty(), IfEmpty.DECLINE, NOW).orElseThrow();
    blocks.abandon();
    var instead = blocks.build(tip.id(), Optional.empty(), IfEmpty.DECLINE, NOW).orElseThrow();

    assertThat(evidenceIn(first)).containsExactly(piece("d", 1, 0));
    assertThat(evidenceIn(second)).isEmpty();
    assertThat(evidenceIn(instead)).containsExactly(piece("d", 1, 0));
    assertThat(LedgerBlock.of(instead).transactions()).hasSize(2);
  }

  @Test
  void aPeerThatConnectsIsToldAllThatWaits() {
    deliver("x");
    for (int round = 0; round < 100; round++) {
      accuse("d", 1, round);
    }
    save();
    said.clear();

    pool.connected(Members.id("b"));

    assertThat(said).containsExactly("b 64", "b 36");
  }

  @Test
  void whatStillWaitsIsSaidAgainWhenBlocksAreMadeButNotTooOften() {
    deliver("x");
    accuse("d", 1, 0);
    save();
    pool.endOfTurn(NOW);
    pool.endOfTurn(NOW.plus(EvidenceGossip.REPEAT));
    said.clear();

    deliver("y");
    pool.endOfTurn(NOW.plus(EvidenceGossip.REPEAT).minusMillis(1));
    assertThat(said).isEmpty();
    deliver("z");
    pool.endOfTurn(NOW.plus(EvidenceGossip.REPEAT));
    assertThat(said).containsExactly("all 1");
  }

  @Test
  void whatWaitsIsSaidAgainAlsoWhileThereIsAlwaysSomethingNew() {
    deliver("x");
    accuse("d", 1, 0);
    save();
    pool.endOfTurn(NOW);
    said.clear();

    for (int round = 1; round <= 20; round++) {
      deliver("block " + round);
      accuse("d", 1, round);
      save();
      pool.endOfTurn(NOW.plusMillis(200L * round));
    }

    assertThat(said).filteredOn(it -> !it.equals("all 1")).containsExactly("all 11", "all 21");
  }

  @Test
  void theDoorLetsInWhatIsProvenAndNew() {
    deliver("x");
    var good = piece("d", 1, 0);

    assertThat(door(good, piece("c", 1, 0))).containsExactly(good, piece("c", 1, 0));
    accuse("d", 1, 0);
    save();
    assertThat(door(good)).isEmpty();
    assertThat(counts.of(Count.EVIDENCE_REPEATED)).isEqualTo(1);
    deliver("y", good);
    assertThat(door(good)).isEmpty();
    assertThat(counts.of(Count.EVIDENCE_REPEATED)).isEqualTo(2);
  }

  @Test
  void theDoorStopsAtTheFirstPieceThatProvesNothing() {
    deliver("x");
    var forged =
        DuplicateVoteEvidence.of(
            DuplicateVote.of(
                    SignedVote.unsigned(vote("b", 1, 0, "one").vote()),
                    SignedVote.unsigned(vote("b", 1, 0, "other").vote()))
                .orElseThrow(),
            genesis.validatorSet(),
            store.tip().orElseThrow().time());

    assertThat(door(piece("d", 1, 0), forged, piece("c", 1, 0))).containsExactly(piece("d", 1, 0));
    assertThat(pool.door().admit(Members.id("b"), List.of(Bytes.utf8("x")), NOW)).isEmpty();
    assertThat(counts.of(Count.EVIDENCE_INVALID)).isEqualTo(2);
  }

  @Test
  void theDoorDropsWhatIsNotFinalHereYet() {
    assertThat(door(piece("d", 1, 0))).isEmpty();
    deliver("x");
    assertThat(door(piece("d", 2, 0))).isEmpty();

    assertThat(counts.of(Count.EVIDENCE_EARLY)).isEqualTo(2);
  }

  @Test
  void theDoorLooksAtNoMoreProofsOfAPeerInASecondThanItMay() {
    deliver("x");
    var door = pool.door();
    var pieces = new ArrayList<Bytes>();
    for (int round = 0; round <= EvidenceDoor.PROOFS_A_SECOND; round++) {
      pieces.add(piece("d", 1, round).encode());
    }

    assertThat(door.admit(Members.id("b"), pieces, NOW)).hasSize(EvidenceDoor.PROOFS_A_SECOND);
    assertThat(door.admit(Members.id("b"), pieces, NOW.plusMillis(999))).isEmpty();
    assertThat(door.admit(Members.id("c"), pieces.subList(0, 3), NOW)).hasSize(3);
    assertThat(door.admit(Members.id("b"), pieces.subList(0, 3), NOW.plusSeconds(1))).hasSize(3);
    assertThat(door.admit(Members.id("b"), pieces.subList(0, 3), NOW.minusSeconds(60))).hasSize(3);
  }

  private EvidencePool open() {
    var gossip =
        new EvidenceGossip(
            new Network() {
              @Override
              public boolean send(ValidatorId to, Bytes frame) {
                said.add((to.equals(Members.id("b")) ? "b " : "other ") + pieces(frame));
                return true;
              }

              @Override
              public void broadcast(Bytes frame) {
                said.add("all " + pieces(frame));
              }
            });
    return new EvidencePool(
        Members.id("a"), store, genesis.validatorSet(), verifier, gossip, counts);
  }

  private static int pieces(Bytes frame) {
    if (EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.Evidence(var pieces))) {
      return pieces.size();
    }
    throw new AssertionError("not evidence: " + frame);
  }

  private List<DuplicateVoteEvidence> door(DuplicateVoteEvidence... pieces) {
    var encoded = List.of(pieces).stream().map(DuplicateVoteEvidence::encode).toList();
    return pool.door().admit(Members.id("b"), encoded, NOW);
  }

  private List<DuplicateVoteEvidence> pick(long height) {
    return pool.pick(Ancestors.NONE, new Height(height), ROOMY);
  }

  private void accuse(String name, long height, int round) {
    pool.accused(vote(name, height, round, "one"), vote(name, height, round, "other"));
  }

  private void save() {
    try (var batch = store.begin()) {
      pool.unsaved().forEach(batch::keep);
      batch.commit();
    }
    pool.saved();
  }

  private void deliver(String text, DuplicateVoteEvidence... evidence) {
    var state = store.tip().orElse(ChainState.genesis(genesis));
    var block =
        rules.build(
            state,
            NOW,
            Members.id("b"),
            new BlockRules.Filling(
                List.of(Transaction.of(Bytes.utf8(text))), List.of(evidence), Commit.EMPTY),
            new TimesOf(store));
    var absent = Collections.nCopies(4, CommitSig.ABSENT);
    try (var batch = store.begin()) {
      batch.append(block, new Commit(block.height(), Round.ZERO, block.id(), absent));
      batch.commit();
    }
    pool.delivered(block);
  }

  private DuplicateVoteEvidence piece(String name, long height, int round) {
    var pair =
        DuplicateVote.of(vote(name, height, round, "one"), vote(name, height, round, "other"));
    var time = store.header(new Height(height)).map(it -> it.time()).orElse(NOW);
    return DuplicateVoteEvidence.of(pair.orElseThrow(), genesis.validatorSet(), time);
  }

  private static List<DuplicateVoteEvidence> evidenceIn(Block block) {
    return LedgerBlock.of(block).readEvidence().orElseThrow();
  }

  private static SignedVote vote(String name, long height, int round, String block) {
    var hash = Hash.sha256(Bytes.utf8(block));
    var id = new BlockId(hash, new PartSetHeader(1, hash));
    return Members.vote(name, new Height(height), new Round(round), id, Members.GENESIS_TIME);
  }
}
