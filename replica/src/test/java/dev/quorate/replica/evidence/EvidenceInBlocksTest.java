package dev.quorate.replica.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.vote.DuplicateVote;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Ancestors;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitSig;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.store.InMemoryChainStore;
import dev.quorate.replica.blocks.Blocks;
import dev.quorate.replica.blocks.EvidenceSource;
import dev.quorate.replica.cluster.KeyedHashes;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.pool.Mempool;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Blocks with evidence of others, judged above a tip. */
class EvidenceInBlocksTest {
  private static final Instant NOW = Members.GENESIS_TIME.plusSeconds(60);

  private final Genesis genesis = Members.genesis(4);
  private final BlockRules rules = new BlockRules(genesis, Members.SHAPE, new KeyedHashes());
  private final InMemoryChainStore store = new InMemoryChainStore(genesis);
  private final Mempool pool = new Mempool(genesis.limits(), 1_000, 1_000_000);
  private final ChainState start = ChainState.genesis(genesis);
  private final Blocks blocks =
      new Blocks(rules, Members.id("a"), store, pool, EvidenceSource.NONE, start);
  private final LedgerBlock first = block(start, "x");
  private final DuplicateVoteEvidence evidence = evidence(first, "one", "other");
  private final LedgerBlock second = block(start.after(first), "y", evidence);
  private final ChainState afterSecond = start.after(first).after(second);

  @Test
  void evidenceMayBeOfAnAncestorThatIsNotFinal() {
    blocks.check(first.toBlock());

    assertThat(verdict(second)).isEqualTo(Verdict.VALID);
  }

  @Test
  void anOffenceInAnUndeliveredAncestorMakesABlockInvalid() {
    blocks.check(first.toBlock());
    blocks.check(second.toBlock());
    var again = block(afterSecond, "z", evidence(first, "one", "third"));

    assertThat(verdict(again)).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void anOffenceInAFinalAncestorMakesABlockInvalid() {
    deliver(first);
    deliver(second);
    var again = block(afterSecond, "z", evidence(first, "one", "third"));

    assertThat(verdict(again)).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void anOffenceInACousinIsNoObstacle() {
    blocks.check(first.toBlock());
    blocks.check(second.toBlock());
    var cousin = block(start.after(first), "z", evidence(first, "one", "third"));

    assertThat(verdict(cousin)).isEqualTo(Verdict.VALID);
  }

  @Test
  void evidenceOfAFinalHeightIsJudgedByTheTimeOfTheBlockThere() {
    deliver(first);
    var wrong =
        new DuplicateVoteEvidence(
            evidence.pair(),
            evidence.index(),
            evidence.totalPower(),
            evidence.power(),
            NOW.plusMillis(1));

    assertThat(verdict(block(start.after(first), "z", wrong))).isInstanceOf(Verdict.Invalid.class);
    assertThat(verdict(second)).isEqualTo(Verdict.VALID);
  }

  @Test
  void undeliveredBlocksWithEvidenceAreTakenUpAtStart() {
    var restarted = new Blocks(rules, Members.id("a"), store, pool, EvidenceSource.NONE, start);
    restarted.restore(List.of(first, second));
    var again = block(afterSecond, "z", evidence(first, "one", "third"));

    assertThat(restarted.check(again.toBlock()).getFirst().verdict())
        .isInstanceOf(Verdict.Invalid.class);
  }

  private Verdict verdict(LedgerBlock block) {
    return blocks.check(block.toBlock()).getFirst().verdict();
  }

  private void deliver(LedgerBlock block) {
    var absent = Collections.nCopies(4, CommitSig.ABSENT);
    try (var batch = store.begin()) {
      batch.append(block, new Commit(block.height(), Round.ZERO, block.id(), absent));
      batch.commit();
    }
    blocks.delivered(block);
  }

  /** Of validator b; the evidence is held to no rule but its own. */
  private LedgerBlock block(ChainState parent, String text, DuplicateVoteEvidence... pieces) {
    var time = pieces.length == 0 ? NOW : pieces[0].time();
    return rules.build(
        parent,
        NOW,
        Members.id("b"),
        new BlockRules.Filling(List.of(Members.transaction(text)), List.of(pieces), Commit.EMPTY),
        new Believing(time));
  }

  private DuplicateVoteEvidence evidence(LedgerBlock at, String block, String otherBlock) {
    var pair =
        DuplicateVote.of(
            Members.vote("d", at.height().value(), block),
            Members.vote("d", at.height().value(), otherBlock));
    return DuplicateVoteEvidence.of(pair.orElseThrow(), genesis.validatorSet(), at.header().time());
  }

  /** Ancestors that hold nothing, and were all made when the evidence says so. */
  private record Believing(Instant time) implements Ancestors {
    @Override
    public boolean hold(Hash transactionId) {
      return false;
    }

    @Override
    public boolean holdOffence(Hash offence) {
      return false;
    }

    @Override
    public Optional<Instant> timeAt(Height height) {
      return Optional.of(time);
    }
  }
}
