package dev.quorate.replica.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect.IfEmpty;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Ed25519;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitSig;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.ledger.store.InMemoryChainStore;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.pool.Mempool;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlocksTest {
  private static final Instant NOW = Members.GENESIS_TIME.plusSeconds(60);

  private final Genesis genesis = Members.genesis(4);
  private final BlockRules rules = new BlockRules(genesis, Members.SHAPE, Ed25519.INSTANCE);
  private final InMemoryChainStore store = new InMemoryChainStore(genesis);
  private final Mempool pool = new Mempool(genesis.limits(), 1_000, 1_000_000);
  private final ChainState start = ChainState.genesis(genesis);
  private final Blocks blocks =
      new Blocks(rules, Members.id("a"), store, pool, EvidenceSource.NONE, start);
  private final Transaction x = Members.transaction("x");
  private final Transaction y = Members.transaction("y");
  private final Transaction z = Members.transaction("z");

  @Test
  void buildsOnAParentThatIsNotFinalWithoutItsTransactions() {
    admit(x);
    var first = blocks.build(BlockId.NONE, Optional.empty(), IfEmpty.DECLINE, NOW).orElseThrow();
    blocks.stored(first);
    admit(y);

    var second = blocks.build(first.id(), Optional.empty(), IfEmpty.DECLINE, NOW).orElseThrow();

    assertThat(second.parent()).isEqualTo(first.id());
    assertThat(LedgerBlock.of(second).transactions()).containsExactly(y);
    assertThat(second.time()).isEqualTo(NOW.plusMillis(1));
  }

  @Test
  void buildsNothingOfNothing() {
    assertThat(blocks.build(BlockId.NONE, Optional.empty(), IfEmpty.DECLINE, NOW)).isEmpty();
  }

  @Test
  void aBlockThatTheEngineDidNotKeepLeavesItsTransactionsPickable() {
    admit(x);
    assertThat(blocks.build(BlockId.NONE, Optional.empty(), IfEmpty.DECLINE, NOW)).isPresent();

    assertThat(pool.work().pickable()).isEqualTo(1);
  }

  @Test
  void refusesToBuildOnAParentThatWasNotChecked() {
    var stranger = block(start, x);

    assertThatThrownBy(() -> blocks.build(stranger.id(), Optional.empty(), IfEmpty.DECLINE, NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTransactionOfAnUndeliveredAncestorMakesABlockInvalid() {
    var first = block(start, x);
    var second = block(start.after(LedgerBlock.of(first)), y, x);

    assertThat(blocks.check(first)).containsExactly(new Checked(first.id(), Verdict.VALID));
    assertThat(blocks.check(second).getFirst().verdict()).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void aTransactionOfAFinalAncestorMakesABlockInvalid() {
    var first = block(start, x);
    deliver(first);
    var second = block(blocks.tip(), x);

    assertThat(blocks.check(second).getFirst().verdict()).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void aTransactionOfACousinIsNoObstacle() {
    var one = block(start, x);
    var other = block(start, x, y);

    blocks.check(one);

    assertThat(blocks.check(other)).containsExactly(new Checked(other.id(), Verdict.VALID));
  }

  @Test
  void aBlockWhoseParentIsMissingIsNeitherValidNorInvalidUntilItComes() {
    var first = block(start, x);
    var second = block(start.after(LedgerBlock.of(first)), y);
    var third = block(start.after(LedgerBlock.of(first)).after(LedgerBlock.of(second)), z);

    assertThat(blocks.check(third)).isEmpty();
    assertThat(blocks.check(second)).isEmpty();
    assertThat(blocks.check(first))
        .containsExactlyInAnyOrder(
            new Checked(first.id(), Verdict.VALID),
            new Checked(second.id(), Verdict.VALID),
            new Checked(third.id(), Verdict.VALID));
  }

  @Test
  void aBlockThatWaitsIsJudgedWhenItsParentBecomesFinalUnseen() {
    var first = block(start, x);
    var second = block(start.after(LedgerBlock.of(first)), y);
    blocks.check(second);

    var verdicts = deliver(first);

    assertThat(verdicts).containsExactly(new Checked(second.id(), Verdict.VALID));
  }

  @Test
  void noMoreBlocksWaitForTheirParentsThanMay() {
    var parent = block(start, x);
    var after = start.after(LedgerBlock.of(parent));
    for (var transaction : Members.transactions("w", Blocks.MAX_WAITING + 5)) {
      blocks.check(block(after, transaction));
    }

    assertThat(blocks.check(parent)).hasSize(Blocks.MAX_WAITING + 1);
  }

  @Test
  void transactionsBetweenTipAndHeadAreProposedAndTheRestPickable() {
    admit(x, y, z);
    var first = block(start, x);
    var second = block(start.after(LedgerBlock.of(first)), y);
    blocks.check(first);
    blocks.check(second);

    assertThat(pool.pick(0)).containsExactly(z);
    assertThat(blocks.isProposed(x.id())).isTrue();
    assertThat(blocks.isProposed(z.id())).isFalse();
  }

  @Test
  void transactionsOfAnAbandonedBlockArePickableAgain() {
    admit(x, y, z);
    var abandoned = block(start, x, y);
    var chosen = block(start, y);
    blocks.check(abandoned);

    blocks.check(chosen);
    assertThat(pool.pick(0)).containsExactly(x, z);
    deliver(chosen);

    assertThat(pool.pick(0)).containsExactly(x, z);
    assertThat(blocks.find(abandoned.id())).isEmpty();
  }

  @Test
  void afterAChangeOfRoundNothingIsProposedUntilTheChainIsExtendedAgain() {
    admit(x, y);
    var first = block(start, x);
    blocks.check(first);

    blocks.abandon();
    assertThat(pool.pick(0)).containsExactly(x, y);

    assertThat(
            LedgerBlock.of(
                    blocks.build(first.id(), Optional.empty(), IfEmpty.DECLINE, NOW).orElseThrow())
                .transactions())
        .containsExactly(y);
    assertThat(pool.work().pickable()).isEqualTo(1);
  }

  @Test
  void abandonedTransactionsAreProposedByTheNextLeader() {
    admit(x, y);
    blocks.check(block(start, x, y));
    blocks.abandon();

    var rebuilt = blocks.build(BlockId.NONE, Optional.empty(), IfEmpty.DECLINE, NOW).orElseThrow();

    assertThat(LedgerBlock.of(rebuilt).transactions()).containsExactly(x, y);
  }

  @Test
  void takesUpTheBodiesFoundOnDisk() {
    var first = block(start, x);
    var second = block(start.after(LedgerBlock.of(first)), y);
    var batch = store.begin();
    batch.store(LedgerBlock.of(first));
    batch.store(LedgerBlock.of(second));
    batch.commit();

    blocks.restore(store.undelivered());
    admit(z);

    assertThat(blocks.isProposed(y.id())).isTrue();
    assertThat(blocks.find(first.id())).contains(first);
    assertThat(blocks.build(second.id(), Optional.empty(), IfEmpty.DECLINE, NOW)).isPresent();
  }

  @Test
  void aFinalBlockOfAPeerIsTakenOverOnlyOnItsParent() {
    var first = block(start, x);
    var second = block(start.after(LedgerBlock.of(first)), y);
    var wrong = block(start.after(LedgerBlock.of(first)), x);

    assertThat(blocks.adopt(second)).isInstanceOf(Blocks.Adoption.Orphan.class);
    assertThat(blocks.adopt(first)).isInstanceOf(Blocks.Adoption.Adopted.class);
    assertThat(blocks.adopt(wrong)).isInstanceOf(Blocks.Adoption.Broken.class);
    deliver(first);
    assertThat(blocks.adopt(first)).isInstanceOf(Blocks.Adoption.Known.class);
  }

  private Block block(ChainState parent, Transaction... transactions) {
    return rules.build(parent, NOW, Members.id("b"), List.of(transactions)).toBlock();
  }

  private void admit(Transaction... transactions) {
    for (var transaction : transactions) {
      pool.admit(transaction, Mempool.Origin.CLIENT, NOW, blocks.isProposed(transaction.id()));
    }
  }

  private List<Checked> deliver(Block block) {
    var body = LedgerBlock.of(block);
    var absent = Collections.nCopies(4, CommitSig.ABSENT);
    var batch = store.begin();
    batch.append(body, new Commit(body.height(), Round.ZERO, body.id(), absent));
    batch.commit();
    return blocks.delivered(body);
  }
}
