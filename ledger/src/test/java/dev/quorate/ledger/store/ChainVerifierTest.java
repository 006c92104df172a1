package dev.quorate.ledger.store;

import static dev.quorate.ledger.store.Chains.fill;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.DoubleVotes;
import dev.quorate.ledger.Four;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.store.ChainVerifier.Result;
import dev.quorate.ledger.store.lmdb.LmdbEnvironment;
import dev.quorate.ledger.store.lmdb.Table;
import dev.quorate.ledger.store.lmdb.WriteTransaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainVerifierTest {
  @TempDir private Path directory = Path.of("");

  private final InMemoryChainStore store = new InMemoryChainStore(Four.GENESIS);

  @Test
  void anEmptyChainIsOk() {
    assertThat(verify(store)).isEqualTo(new Result.Ok(new Height(0), Hash.NONE, 0));
  }

  @Test
  void aChainThatTheFourMadeIsOkAndShownBlockByBlock() {
    fill(store, 6);
    var heights = new ArrayList<Height>();
    var verifier = new ChainVerifier(Four.GENESIS, Four.SHAPE, Ed25519.INSTANCE);

    var result = verifier.verify(store, state -> heights.add(state.height()));

    assertThat(result)
        .isEqualTo(new Result.Ok(new Height(6), Four.chain(6).getLast().id().hash(), 18));
    assertThat(heights).hasSize(6).isSorted();
  }

  @Test
  void findsACommitOfTooFew() {
    fill(store, 2);
    append(Four.chain(3).getLast(), Four.commit(Four.chain(3).getLast(), 0, "a", "b"));

    assertBroken(verify(store), 3, "two thirds");
  }

  @Test
  void findsASignatureOverOtherBytes() {
    var block = Four.chain(1).getFirst();
    var good = Four.commit(block, 0, "a", "b", "c", "d");
    var bad = Four.commit(block, 1, "a", "b", "c", "d").signatures();
    append(block, new Commit(good.height(), good.round(), good.blockId(), bad));

    assertBroken(verify(store), 1, "signature");
  }

  @Test
  void findsABlockWhoseHeaderIsNotThatOfItsTransactions() {
    var good = Four.chain(1).getFirst();
    var bad = LedgerBlock.of(good.header(), Four.transactions("swapped"), Commit.EMPTY);
    append(bad, Chains.commit(bad));

    assertBroken(verify(store), 1, "data_hash");
  }

  @Test
  void findsATransactionThatIsInTheChainTwice() {
    var first = Four.block(Four.START, "x");
    append(first, Chains.commit(first));
    var second = Four.block(Four.START.after(first), "x");
    append(second, Chains.commit(second));

    assertThat(verify(store)).isInstanceOf(Result.Broken.class);
  }

  @Test
  void findsAnIndexEntryThatIsMissingOrWrong() {
    var id = Four.chain(4).getLast().transactions().get(1).id().bytes();
    afterFilling("index", Table.INDEX, changes -> changes.delete(Table.IDS, id));
    assertBroken(verifyOnDisk(), 4, "nothing");

    var wrong = Bytes.fromHex("000000000000000400000002");
    afterFilling("index", Table.INDEX, changes -> changes.put(Table.IDS, id, wrong));
    assertBroken(verifyOnDisk(), 4, "index=2");
  }

  @Test
  void findsAnIndexEntryThatBelongsToNoBlock() {
    var stranger = Hash.sha256(Bytes.utf8("never committed")).bytes();
    var place = Bytes.fromHex("000000000000000400000002");
    afterFilling("index", Table.INDEX, changes -> changes.put(Table.IDS, stranger, place));

    assertBroken(verifyOnDisk(), 5, "the index holds 16 transactions, the chain 15");
  }

  @Test
  void aChainWithEvidenceIsOk() {
    var chain = withEvidence();
    chain.forEach(it -> append(it, Chains.commit(it)));

    assertThat(verify(store)).isInstanceOf(Result.Ok.class);
  }

  @Test
  void findsEvidenceThatIsNotProven() {
    var chain = withEvidence();
    chain.subList(0, 2).forEach(it -> append(it, Chains.commit(it)));
    var forged = DoubleVotes.unsigned("b", chain.getFirst(), 0);
    var block = DoubleVotes.holding(chain.get(2), forged);
    append(block, Chains.commit(block));

    assertBroken(verify(store), 3, "signature");
  }

  @Test
  void findsAnOffenceThatIsInTheChainTwice() {
    var chain = withEvidence();
    chain.forEach(it -> append(it, Chains.commit(it)));
    var state = DoubleVotes.state(chain);
    var evidence = chain.get(2).readEvidence().orElseThrow().getFirst();
    var again = DoubleVotes.holding(Four.block(state, "once more"), evidence);
    append(again, Chains.commit(again));

    assertThat(verify(store)).isInstanceOf(Result.Broken.class);
  }

  @Test
  void findsEvidenceThatTheStoreListsOtherwise() {
    var chain = withEvidence();
    var offence = chain.get(2).readEvidence().orElseThrow().getFirst().offence().id().bytes();
    var place = Bytes.fromHex("000000000000000300000000");
    var elsewhere = Bytes.fromHex("000000000000000300000007");
    var other = DoubleVotes.evidence("b", chain.getFirst(), 9);

    afterFilling(chain, changes -> changes.put(Table.OFFENCES, offence, elsewhere));
    assertBroken(verifyOnDisk(), 3, "leads to 3.7");
    afterFilling(
        chain,
        changes -> {
          changes.put(Table.OFFENCES, offence, place);
          changes.put(Table.EVIDENCE, place, other.encode());
        });
    assertBroken(verifyOnDisk(), 3, "lists other evidence");
    afterFilling(
        chain,
        changes -> {
          var good = chain.get(2).evidence().getFirst();
          changes.put(Table.EVIDENCE, place, good);
          changes.put(Table.OFFENCES, other.offence().id().bytes(), elsewhere);
        });
    assertBroken(verifyOnDisk(), 4, "2 offences are indexed");
    afterFilling(chain, changes -> changes.put(Table.EVIDENCE, elsewhere, other.encode()));
    assertBroken(verifyOnDisk(), 4, "lists 2 pieces of evidence");
  }

  /** Four blocks, of which the third holds evidence. */
  private static List<LedgerBlock> withEvidence() {
    var chain = new ArrayList<>(Four.chain(2));
    chain.add(DoubleVotes.block(chain, "x", DoubleVotes.evidence("d", chain.getFirst(), 0)));
    chain.add(DoubleVotes.block(chain, "y"));
    return chain;
  }

  @Test
  void findsABlockHashThatLeadsElsewhere() {
    var hash = Four.chain(3).getLast().id().hash().bytes();
    afterFilling(
        "chain",
        Table.CHAIN,
        changes -> changes.put(Table.HEIGHTS, hash, StoreCodec.key(new Height(2))));

    assertBroken(verifyOnDisk(), 3, "its hash leads to height 2");
  }

  @Test
  void findsABodyThatIsGone() {
    var third = Four.chain(3).getLast();
    afterFilling(
        "chain",
        Table.CHAIN,
        changes -> changes.delete(Table.BODIES, StoreCodec.key(third.height(), third.id())));

    assertBroken(verifyOnDisk(), 3, "table bodies");
  }

  @Test
  void findsAHistoryInTheTipThatIsNotTheBlocks() {
    var chain = Four.chain(5);
    var tip = Four.START;
    for (var block : chain) {
      tip = tip.after(block);
    }
    var forged = new ChainState(tip.height(), tip.id(), tip.time(), Four.START.history());
    afterFilling(
        "chain",
        Table.CHAIN,
        changes -> changes.put(Table.STATE, StoreCodec.TIP, StoreCodec.encode(forged)));

    assertBroken(verifyOnDisk(), 5, "the tip");
  }

  private void append(LedgerBlock block, Commit commit) {
    try (var batch = store.begin()) {
      batch.append(block, commit);
      batch.commit();
    }
  }

  /** These blocks on disk, and then a hand in the tables. */
  private void afterFilling(List<LedgerBlock> chain, Consumer<WriteTransaction> hand) {
    try (var onDisk =
        LmdbChainStore.open(directory, Four.GENESIS, Chains.options(1, Runnable::run))) {
      if (onDisk.tip().isEmpty()) {
        chain.forEach(it -> Chains.append(onDisk, it));
      }
    }
    afterFilling("chain", Table.CHAIN, hand);
  }

  /** Five blocks on disk, all of them indexed there, and then a hand in the tables. */
  private void afterFilling(String folder, Set<Table> tables, Consumer<WriteTransaction> hand) {
    try (var onDisk =
        LmdbChainStore.open(directory, Four.GENESIS, Chains.options(1, Runnable::run))) {
      if (onDisk.tip().isEmpty()) {
        fill(onDisk, 5);
      }
    }
    try (var env =
        LmdbEnvironment.open(
            directory.resolve(folder),
            Chains.MAP_BYTES,
            tables,
            LmdbEnvironment.Access.READ_WRITE)) {
      env.write(hand);
    }
  }

  private Result verifyOnDisk() {
    try (var onDisk =
        LmdbChainStore.openReadOnly(directory, Four.GENESIS, Chains.options(1, Runnable::run))) {
      return new ChainVerifier(Four.GENESIS, Four.SHAPE, Ed25519.INSTANCE).verify(onDisk, _ -> {});
    }
  }

  private static Result verify(ChainStore chain) {
    return new ChainVerifier(Four.GENESIS, Four.SHAPE, Ed25519.INSTANCE).verify(chain, _ -> {});
  }

  private static void assertBroken(Result result, long height, String what) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Broken.class,
            it -> {
              assertThat(it.height()).isEqualTo(new Height(height));
              assertThat(it.what()).contains(what);
            });
  }
}
