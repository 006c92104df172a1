package dev.quorate.ledger.store;

import static dev.quorate.ledger.store.Chains.append;
import static dev.quorate.ledger.store.Chains.commit;
import static dev.quorate.ledger.store.Chains.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.DoubleVotes;
import dev.quorate.ledger.Four;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Location;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.ledger.evidence.CommittedEvidence;
import dev.quorate.ledger.evidence.EvidenceLimits;
import dev.quorate.ledger.evidence.EvidencePlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, wherever it keeps its content. */
interface ChainStoreContract {

  /** The store under test. */
  ChainStore store();

  /** Closes the store and opens it again. */
  void reopen();

  @Test
  default void anEmptyStoreHoldsNothing() {
    assertThat(store().tip()).isEmpty();
    assertThat(store().block(new Height(1))).isEmpty();
    assertThat(store().header(new Height(1))).isEmpty();
    assertThat(store().commit(new Height(1))).isEmpty();
    assertThat(store().heightOf(Four.chain(1).getFirst().id().hash())).isEmpty();
    assertThat(store().contains(Hash.sha256(Bytes.utf8("x")))).isFalse();
    assertThat(store().engineState()).isEmpty();
    assertThat(store().undelivered()).isEmpty();
    assertThat(store().initialHeight()).isEqualTo(new Height(1));
  }

  @Test
  default void givesBackWhatWasAppended() {
    var chain = Four.chain(3);
    fill(store(), 3);

    var second = chain.get(1);
    assertThat(store().block(new Height(2))).contains(new StoredBlock(second, commit(second), 3));
    assertThat(store().block(new Height(2)).orElseThrow().block().encoded())
        .isEqualTo(second.encoded());
    assertThat(store().header(new Height(2))).contains(second.header());
    assertThat(store().commit(new Height(2))).contains(commit(second));
    assertThat(store().heightOf(second.id().hash())).contains(new Height(2));
    assertThat(store().block(new Height(4))).isEmpty();
  }

  @Test
  default void theTipIsTheStateAfterTheNewestBlock() {
    var expected = Four.START;
    for (var block : Four.chain(5)) {
      append(store(), block);
      expected = expected.after(block);

      assertThat(store().tip()).contains(expected);
    }
  }

  @Test
  default void locatesEveryTransactionByHeightIndexAndSequence() {
    var chain = Four.chain(7);
    fill(store(), 7);

    for (var block : chain) {
      for (int i = 0; i < 3; i++) {
        var id = block.transactions().get(i).id();
        long sequence = 3 * (block.height().value() - 1) + i;
        assertThat(store().locate(id)).contains(new Location(block.height(), i, sequence));
        assertThat(store().contains(id)).isTrue();
      }
    }
    assertThat(store().locate(Hash.sha256(Bytes.utf8("absent")))).isEmpty();
  }

  @Test
  default void everythingOutlivesAReopening() {
    fill(store(), 7);
    try (var batch = store().begin()) {
      batch.saveEngineState(Bytes.utf8("view 3"));
      batch.commit();
    }
    var tip = store().tip();

    reopen();

    assertThat(store().tip()).isEqualTo(tip);
    assertThat(store().engineState()).contains(Bytes.utf8("view 3"));
    for (var block : Four.chain(7)) {
      assertThat(store().block(block.height()).orElseThrow().block()).isEqualTo(block);
      assertThat(store().contains(block.transactions().get(2).id())).isTrue();
    }
  }

  @Test
  default void nothingOfABatchIsThereBeforeItIsCommitted() {
    var block = Four.chain(1).getFirst();
    try (var batch = store().begin()) {
      batch.saveEngineState(Bytes.utf8("state"));
      batch.append(block, commit(block));

      assertThat(store().tip()).isEmpty();
      assertThat(store().engineState()).isEmpty();
    }

    assertThat(store().tip()).isEmpty();
    assertThat(store().contains(block.transactions().getFirst().id())).isFalse();
  }

  @Test
  default void aBatchTakesSeveralBlocksAndAState() {
    var chain = Four.chain(4);
    try (var batch = store().begin()) {
      batch.store(chain.get(0));
      batch.append(chain.get(0), commit(chain.get(0)));
      batch.append(chain.get(1), commit(chain.get(1)));
      batch.store(chain.get(2));
      batch.store(chain.get(3));
      batch.saveEngineState(Bytes.utf8("window"));
      batch.commit();
    }

    assertThat(store().tip().map(ChainState::height)).contains(new Height(2));
    assertThat(store().undelivered()).containsExactly(chain.get(2), chain.get(3));
    assertThat(store().engineState()).contains(Bytes.utf8("window"));
  }

  @Test
  default void theCommitThatABlockCarriesBecomesItsParentsCommit() {
    var first = Four.carrying(Four.START, Commit.EMPTY, "first");
    var settled = Four.commit(first, 2, "b", "c", "d");
    var after = Four.START.after(first);
    var second = Four.carrying(after, settled, "second");
    var carried = commit(second);
    var third = Four.carrying(after.after(second), carried, "third");

    append(store(), first);
    try (var batch = store().begin()) {
      batch.append(second, Four.commit(second, 7, "a", "b", "c", "d"));
      batch.append(third, commit(third));
      batch.commit();
    }

    assertThat(store().commit(new Height(1))).contains(settled);
    assertThat(store().commit(new Height(2))).contains(carried);
    assertThat(store().block(new Height(2)).orElseThrow().commit()).isEqualTo(carried);
    reopen();
    assertThat(store().block(new Height(1))).contains(new StoredBlock(first, settled, 0));
    assertThat(store().commit(new Height(2))).contains(carried);
  }

  @Test
  default void refusesABlockThatCarriesACommitOfAnotherThanItsParent() {
    var first = Four.carrying(Four.START, Commit.EMPTY, "first");
    append(store(), first);
    var second =
        LedgerBlock.of(
            Four.block(Four.START.after(first), "second").header(),
            Four.transactions("second"),
            Four.commit(Four.block(Four.START, "other"), 0, "a", "b", "c"));

    assertThatThrownBy(() -> append(store(), second)).hasMessageContaining("not for its parent");
  }

  @Test
  default void storedBlocksAreNotCommittedOnes() {
    var block = Four.chain(1).getFirst();
    try (var batch = store().begin()) {
      batch.store(block);
      batch.store(block);
      batch.commit();
    }

    assertThat(store().undelivered()).containsExactly(block);
    assertThat(store().block(block.height())).isEmpty();
    assertThat(store().heightOf(block.id().hash())).isEmpty();
    assertThat(store().contains(block.transactions().getFirst().id())).isFalse();
  }

  @Test
  default void anAppendForgetsTheOtherBlocksOfItsHeightOnly() {
    var first = Four.block(Four.START, "one");
    var sibling = Four.block(Four.START, "other");
    var child = Four.block(Four.START.after(first), "two");
    var nephew = Four.block(Four.START.after(sibling), "three");
    try (var batch = store().begin()) {
      List.of(first, sibling, child, nephew).forEach(batch::store);
      batch.commit();
    }
    assertThat(store().undelivered()).containsExactlyInAnyOrder(first, sibling, child, nephew);

    append(store(), first);
    reopen();

    assertThat(store().undelivered()).containsExactlyInAnyOrder(child, nephew);
    append(store(), child);
    assertThat(store().undelivered()).isEmpty();
    assertThat(store().block(new Height(1)).map(StoredBlock::block)).contains(first);
  }

  @Test
  default void undeliveredBlocksComeInOrderOfHeight() {
    var chain = Four.chain(12);
    try (var batch = store().begin()) {
      chain.reversed().forEach(batch::store);
      batch.commit();
    }
    reopen();

    assertThat(store().undelivered()).containsExactlyElementsOf(chain);
  }

  @Test
  default void aBlockOfADecidedHeightIsPassedOver() {
    append(store(), Four.block(Four.START, "one"));
    try (var batch = store().begin()) {
      batch.store(Four.block(Four.START, "late"));
      batch.commit();
    }

    assertThat(store().undelivered()).isEmpty();
  }

  @Test
  default void theNewestEngineStateCounts() {
    for (var state : List.of("one", "two", "")) {
      try (var batch = store().begin()) {
        batch.saveEngineState(Bytes.utf8("before"));
        batch.saveEngineState(Bytes.utf8(state));
        batch.commit();
      }

      assertThat(store().engineState()).contains(Bytes.utf8(state));
    }
  }

  @Test
  default void refusesABlockThatIsNotTheTipsChild() {
    var chain = Four.chain(2);
    var other = Four.block(Four.START.after(Four.block(Four.START, "another")), "two");
    append(store(), chain.getFirst());

    try (var batch = store().begin()) {
      for (var wrong : List.of(chain.getFirst(), other)) {
        assertThatThrownBy(() -> batch.append(wrong, commit(wrong)))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> batch.append(chain.get(1), commit(chain.getFirst())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("commit");
    }
  }

  @Test
  default void evidenceWaitsUntilABlockHoldsItsOffence() {
    var chain = new ArrayList<>(Four.chain(2));
    fill(store(), 2);
    var one = DoubleVotes.evidence("d", chain.get(1), 0);
    var other = DoubleVotes.evidence("d", chain.get(0), 0);
    keep(one, other, one);
    reopen();
    assertThat(store().evidence().pending()).containsExactly(other, one);
    assertThat(store().evidence().locate(one.offence().id())).isEmpty();

    append(store(), DoubleVotes.block(chain, "x", one));

    var place = new EvidencePlace(new Height(3), 0);
    assertThat(store().evidence().pending()).containsExactly(other);
    assertThat(store().evidence().locate(one.offence().id())).contains(place);
    keep(one);
    reopen();
    assertThat(store().evidence().pending()).containsExactly(other);
    assertThat(store().evidence().committed(EvidencePlace.FIRST, 10))
        .containsExactly(new CommittedEvidence(place, one));
  }

  @Test
  default void anotherPairForACommittedOffenceDoesNotWait() {
    var chain = Four.chain(1);
    fill(store(), 1);
    var pair = DoubleVotes.pair("d", new Height(1), 0, "one", "third");
    var again = DoubleVotes.evidence(pair, chain.getFirst().header().time());
    append(store(), DoubleVotes.block(chain, "x", DoubleVotes.evidence("d", chain.getFirst(), 0)));

    keep(again);

    assertThat(store().evidence().pending()).isEmpty();
  }

  @Test
  default void committedEvidenceIsListedInOrderOfItsPlaces() {
    var chain = new ArrayList<>(Four.chain(2));
    fill(store(), 2);
    for (int height = 3; height <= 5; height++) {
      var block =
          DoubleVotes.block(
              chain,
              "at " + height,
              DoubleVotes.evidence("c", chain.getFirst(), height),
              DoubleVotes.evidence("b", chain.getFirst(), height));
      append(store(), block);
      chain.add(block);
    }
    reopen();

    var places = store().evidence().committed(EvidencePlace.FIRST, 100);
    assertThat(places)
        .extracting(it -> it.place().toString())
        .containsExactly("3.0", "3.1", "4.0", "4.1", "5.0", "5.1");
    assertThat(places)
        .extracting(it -> it.evidence().validator())
        .startsWith(Four.id("c"), Four.id("b"));
    assertThat(store().evidence().committed(places.get(2).place().next(), 2))
        .containsExactlyElementsOf(places.subList(3, 5));
    assertThat(store().evidence().committed(places.getLast().place().next(), 2)).isEmpty();
    assertThat(store().evidence().committed(EvidencePlace.FIRST, 0)).isEmpty();
  }

  @Test
  default void noMoreEvidenceWaitsThanMay() {
    fill(store(), 1);
    var first = Four.chain(1).getFirst();
    var pieces = new ArrayList<DuplicateVoteEvidence>();
    for (int i = 0; i <= EvidenceLimits.MAX_PENDING; i++) {
      pieces.add(DoubleVotes.unsigned("d", first, i));
    }

    keep(pieces.toArray(DuplicateVoteEvidence[]::new));

    assertThat(store().evidence().pending())
        .hasSize(EvidenceLimits.MAX_PENDING)
        .doesNotContain(pieces.getLast());
  }

  @Test
  default void evidenceOfABatchThatIsNotCommittedIsNotKept() {
    fill(store(), 1);
    try (var batch = store().begin()) {
      batch.keep(DoubleVotes.evidence("d", Four.chain(1).getFirst(), 0));
    }

    assertThat(store().evidence().pending()).isEmpty();
  }

  private void keep(DuplicateVoteEvidence... pieces) {
    try (var batch = store().begin()) {
      for (var piece : pieces) {
        batch.keep(piece);
      }
      batch.commit();
    }
  }

  @Test
  default void aBatchIsOverAfterItsCommit() {
    var batch = store().begin();
    batch.saveEngineState(Bytes.utf8("x"));
    batch.commit();

    assertThatThrownBy(batch::commit).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> batch.saveEngineState(Bytes.EMPTY))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  default void aBatchThatAnotherOneOvertookIsRefused() {
    var chain = Four.chain(1);
    try (var stale = store().begin()) {
      append(store(), chain.getFirst());
      stale.saveEngineState(Bytes.utf8("late"));

      assertThatThrownBy(stale::commit).isInstanceOf(IllegalStateException.class);
    }
    assertThat(store().engineState()).isEmpty();
    assertThat(store().tip()).isNotEqualTo(Optional.empty());
  }

  @Test
  default void aClosedStoreAnswersNothing() {
    fill(store(), 1);
    var id = Four.chain(1).getFirst().transactions().getFirst().id();
    store().close();

    assertThatThrownBy(() -> store().tip()).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> store().block(new Height(1))).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> store().contains(id)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> store().begin()).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> store().engineState()).isInstanceOf(StorageException.class);
    store().close();
  }

  @BeforeEach
  default void openStore() {
    reopen();
  }

  @AfterEach
  default void closeStore() {
    store().close();
  }
}
