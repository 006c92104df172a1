package dev.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.BlockShape.EmptyBlocks;
import dev.quorate.consensus.core.BlockShape.LastCommit;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Ed25519;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks that carry the commit of their parent, and may be empty: as Tendermint makes them. */
final class LastCommitRulesTest {
  private static final BlockRules RULES =
      new BlockRules(
          Four.GENESIS, new BlockShape(LastCommit.CARRIED, EmptyBlocks.ALLOWED), Ed25519.INSTANCE);
  static final LedgerBlock FIRST = block(Four.START, Commit.EMPTY, "first");
  private static final ChainState PARENT = Four.START.after(FIRST);

  @Test
  void aBlockCarriesTheCommitOfItsParentAndItsHeaderSaysSo() {
    var commit = Four.commit(FIRST, 0, "a", "b", "c");

    var second = block(PARENT, commit, "second");

    assertThat(second.lastCommit()).isEqualTo(commit);
    assertThat(second.carriesCommit()).isTrue();
    assertThat(second.header().lastCommitHash()).isEqualTo(commit.hash());
    assertThat(LedgerBlock.decode(second.encoded())).contains(second);
  }

  @Test
  void itsRoundAndItsSignersAreItsProposersChoice() {
    for (var commit :
        List.of(Four.commit(FIRST, 3, "b", "c", "d"), Four.commit(FIRST, 0, "a", "b", "c", "d"))) {
      assertThat(check(block(PARENT, commit, "second"))).isInstanceOf(Verdict.Valid.class);
    }
  }

  @Test
  void theFirstBlockCarriesNone() {
    assertThat(FIRST.carriesCommit()).isFalse();
    assertThatThrownBy(() -> block(Four.START, Four.commit(FIRST, 0, "a", "b", "c"), "first"))
        .hasMessageContaining("there is no block before it");
  }

  @Test
  void everyOtherBlockCarriesOne() {
    assertThatThrownBy(() -> block(PARENT, Commit.EMPTY, "second"))
        .hasMessageContaining("does not carry its parent's commit");
  }

  @Test
  void exactlyTwoThirdsOrLessProveNothing() {
    assertThatThrownBy(() -> block(PARENT, Four.commit(FIRST, 0, "a", "b"), "second"))
        .hasMessageContaining("power 2 of 4 is not more than two thirds");
  }

  @Test
  void aCommitOfAnotherBlockProvesNothing() {
    var other = block(Four.START, Commit.EMPTY, "other");

    assertThatThrownBy(() -> block(PARENT, Four.commit(other, 0, "a", "b", "c"), "second"))
        .hasMessageContaining("the commit is for block");
  }

  @Test
  void aCommitOfAnotherHeightProvesNothing() {
    var second = block(PARENT, Four.commit(FIRST, 0, "a", "b", "c"), "second");

    assertThatThrownBy(() -> block(PARENT, Four.commit(second, 0, "a", "b", "c"), "again"))
        .hasMessageContaining("the commit is for height 2, not 1");
  }

  @Test
  void aSignatureOfSomebodyElseProvesNothing() {
    var good = Four.commit(FIRST, 0, "a", "b", "c");
    var places =
        good.signatures().stream()
            .map(
                it ->
                    it.validator()
                        .filter(Four.id("c")::equals)
                        .map(
                            c ->
                                CommitSig.commit(
                                    c,
                                    FIRST.header().time(),
                                    Ed25519.INSTANCE.sign(Four.keys("a"), FIRST.encoded())))
                        .orElse(it))
            .toList();
    var forged = new Commit(good.height(), good.round(), good.blockId(), places);

    assertThatThrownBy(() -> block(PARENT, forged, "second")).hasMessageContaining("is not valid");
  }

  @Test
  void aCommitOfAllIsNoLargerThanWhatIsReckonedWith() {
    var time = Header.MAX_TIME;
    var sig = Ed25519.INSTANCE.sign(Four.keys("a"), FIRST.encoded());
    var place = CommitSig.commit(Four.id("a"), time, sig);
    var largest =
        new Commit(
            new Height(Long.MAX_VALUE),
            new Round(Integer.MAX_VALUE),
            FIRST.id(),
            Collections.nCopies(100, place));

    assertThat((long) largest.encode().length())
        .isBetween(Commit.mostBytes(100) * 9 / 10, Commit.mostBytes(100));
  }

  @Test
  void aGenesisLeavesRoomForTheLargestTransactionBesideTheCommit() {
    var genesis = Four.builder().limits(new Limits(2_048, 4_096, 1_000, 10));
    for (int i = 0; i < 6; i++) {
      genesis.validator("more-" + i, Four.keys("more" + i).publicKey(), 1);
    }

    assertThatThrownBy(genesis::build)
        .hasMessageContaining("max_block_bytes must be at least 4323");
  }

  @Test
  void anEmptyBlockIsValidWhereTheEngineMakesThem() {
    var empty = block(PARENT, Four.commit(FIRST, 0, "a", "b", "c"));

    assertThat(empty.transactions()).isEmpty();
    assertThat(check(empty)).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void whereCommitsStandBesideTheChainNoBlockCarriesOne() {
    var second = block(PARENT, Four.commit(FIRST, 0, "a", "b", "c"), "second");

    assertThat(Four.RULES.check(second, PARENT, Ancestors.NONE))
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            it -> assertThat(it.reason()).contains("stands beside the block"));
  }

  private static LedgerBlock block(ChainState parent, Commit lastCommit, String... transactions) {
    var filling = new BlockRules.Filling(Four.transactions(transactions), List.of(), lastCommit);
    return RULES.build(parent, parent.time().plusMillis(5), Four.id("a"), filling, Ancestors.NONE);
  }

  private static Verdict check(LedgerBlock block) {
    return RULES.check(block, PARENT, Ancestors.NONE);
  }
}
