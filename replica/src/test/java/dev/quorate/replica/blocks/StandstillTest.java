package dev.quorate.replica.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect.IfEmpty;
import dev.quorate.crypto.Ed25519;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.ledger.store.InMemoryChainStore;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.pool.Mempool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandstillTest {
  private static final Instant NOW = Members.GENESIS_TIME.plusSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Genesis genesis = Members.genesis(4);
  private final BlockRules rules = new BlockRules(genesis, Members.SHAPE, Ed25519.INSTANCE);
  private final Mempool pool = new Mempool(genesis.limits(), 1_000, 1_000_000);
  private final ChainState start = ChainState.genesis(genesis);
  private final Transaction x = Members.transaction("x");
  private final Transaction y = Members.transaction("y");
  private final Block first = block(start, x);
  private final Blocks blocks =
      new Blocks(
          rules,
          Members.id("a"),
          new InMemoryChainStore(genesis),
          pool,
          EvidenceSource.NONE,
          start);
  private final Standstill standstill = new Standstill(blocks, PATIENCE);

  @BeforeEach
  void twoTransactionsWait() {
    pool.admit(x, Mempool.Origin.CLIENT, NOW, false);
    pool.admit(y, Mempool.Origin.CLIENT, NOW, false);
  }

  @Test
  void whereNothingIsProposedNothingStandsStill() {
    turn(NOW);

    assertThat(standstill.nextDeadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void aProposalOfWhichNothingComesIsLetGoInTime() {
    blocks.check(first);
    turn(NOW);
    assertThat(standstill.nextDeadline()).isEqualTo(NOW.plus(PATIENCE));

    turn(NOW.plus(PATIENCE).minusNanos(1));
    assertThat(pool.pick(0)).containsExactly(y);
    turn(NOW.plus(PATIENCE));

    assertThat(pool.pick(0)).containsExactly(x, y);
    assertThat(standstill.nextDeadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void whatWasFoundOnDiskAtTheStartIsLetGoToo() {
    blocks.restore(List.of(LedgerBlock.of(first)));
    turn(NOW);

    turn(NOW.plus(PATIENCE));

    assertThat(pool.pick(0)).containsExactly(x, y);
  }

  @Test
  void aChainThatGrowsHasTheWholeTimeAgain() {
    blocks.check(first);
    turn(NOW);
    blocks.check(block(start.after(LedgerBlock.of(first)), y));
    turn(NOW.plusMillis(600));

    turn(NOW.plus(PATIENCE));

    assertThat(pool.pick(0)).isEmpty();
    assertThat(standstill.nextDeadline()).isEqualTo(NOW.plusMillis(600).plus(PATIENCE));
  }

  @Test
  void aChainWhoseFirstBlocksBecomeFinalHasTheWholeTimeAgain() {
    blocks.check(first);
    blocks.check(block(start.after(LedgerBlock.of(first)), y));
    turn(NOW);
    blocks.delivered(LedgerBlock.of(first));
    turn(NOW.plusMillis(600));

    turn(NOW.plus(PATIENCE));

    assertThat(pool.pick(0)).isEmpty();
  }

  @Test
  void whatWasLetGoIsProposedAgainOnceTheChainGrows() {
    blocks.check(first);
    turn(NOW);
    turn(NOW.plus(PATIENCE));

    blocks.check(block(start.after(LedgerBlock.of(first)), y));

    assertThat(pool.pick(0)).isEmpty();
  }

  @Test
  void whatIsTakenUpAgainAtOnceHasTheWholeTimeAgain() {
    blocks.check(first);
    turn(NOW);
    var end = NOW.plus(PATIENCE);

    standstill.advance(end);
    blocks.build(first.id(), Optional.empty(), IfEmpty.DECLINE, end);
    standstill.endOfTurn(end);

    assertThat(pool.pick(0)).containsExactly(y);
    assertThat(standstill.nextDeadline()).isEqualTo(end.plus(PATIENCE));
  }

  private void turn(Instant now) {
    standstill.advance(now);
    standstill.endOfTurn(now);
  }

  private Block block(ChainState parent, Transaction... transactions) {
    return rules.build(parent, NOW, Members.id("b"), List.of(transactions)).toBlock();
  }
}
