package dev.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Block;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleTree;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerBlockTest {
  private static final LedgerBlock BLOCK = Four.block(Four.START, "one", "two", "three");

  @Test
  void decodesToTheBlockThatWasEncoded() {
    var decoded = LedgerBlock.decode(BLOCK.encoded()).orElseThrow();

    assertThat(decoded.id()).isEqualTo(BLOCK.id());
    assertThat(decoded.header()).isEqualTo(BLOCK.header());
    assertThat(decoded.transactions()).isEqualTo(BLOCK.transactions());
    assertThat(decoded.leafHashes()).isEqualTo(BLOCK.leafHashes());
    assertThat(decoded.dataHash()).isEqualTo(BLOCK.header().dataHash());
    assertThat(decoded.lastCommit()).isEqualTo(Commit.EMPTY);
    assertThat(decoded.encoded()).isEqualTo(BLOCK.encoded());
  }

  @Test
  void tellsAnEngineWhatItKnowsOfABlock() {
    var block = BLOCK.toBlock();

    assertThat(block.id()).isEqualTo(BLOCK.id());
    assertThat(block.parent()).isEqualTo(Four.START.id());
    assertThat(block.height()).isEqualTo(Four.GENESIS.initialHeight());
    assertThat(block.proposer()).isEqualTo(Four.id("a"));
    assertThat(block.time()).isEqualTo(BLOCK.header().time());
    assertThat(LedgerBlock.of(block)).isSameAs(BLOCK);
  }

  @Test
  void isTheBodyOfNoForeignBlock() {
    Block.Body foreign = () -> Bytes.EMPTY;
    var b = BLOCK.toBlock();

    assertThatThrownBy(
            () ->
                LedgerBlock.of(
                    new Block(b.id(), b.height(), b.parent(), b.proposer(), b.time(), foreign)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void canBeEmpty() {
    var empty = LedgerBlock.of(BLOCK.header(), List.of(), Commit.EMPTY);

    assertThat(LedgerBlock.decode(empty.encoded()))
        .hasValueSatisfying(
            it -> {
              assertThat(it.transactions()).isEmpty();
              assertThat(it.dataHash()).isEqualTo(MerkleTree.EMPTY_ROOT);
            });
    assertThat(empty.encoded().hex()).endsWith("12001a0022041a021200");
  }

  @Test
  void carriesTheCommitOfItsParentWhereAnEngineWantsThat() {
    var commit = Four.commit(BLOCK, 2, "a", "c", "d");
    var child = LedgerBlock.of(BLOCK.header(), Four.transactions("x"), commit);

    assertThat(LedgerBlock.decode(child.encoded()).orElseThrow().lastCommit()).isEqualTo(commit);
  }

  @Test
  void carriesEvidenceInItsOrder() {
    var evidence = List.of(Bytes.utf8("first"), Bytes.utf8("second"));
    var contents = new LedgerBlock.Contents(Four.transactions("x"), evidence, Commit.EMPTY);
    var block = LedgerBlock.of(BLOCK.header(), contents);

    assertThat(LedgerBlock.decode(block.encoded()).orElseThrow().evidence()).isEqualTo(evidence);
  }

  @Test
  void hasAnIdThatCoversHeaderAndBody() {
    var otherBody = LedgerBlock.of(BLOCK.header(), Four.transactions("one"), Commit.EMPTY);

    assertThat(otherBody.id().hash()).isEqualTo(BLOCK.id().hash());
    assertThat(otherBody.id()).isNotEqualTo(BLOCK.id());
    assertThat(otherBody).isNotEqualTo(BLOCK);
  }

  @Test
  void refusesEveryOtherSpellingOfABlock() {
    var encoded = BLOCK.encoded().hex();
    var header = Protos.bytes(HeaderCodec.toProto(BLOCK.header())).hex();
    var start = encoded.substring(0, encoded.indexOf(header) + header.length());
    var rest = encoded.substring(start.length());
    assertThat(LedgerBlock.decode(Bytes.fromHex(start + rest))).isPresent();

    var others = new ArrayList<String>();
    others.add(encoded + "00"); // a byte behind the end
    others.add(encoded + "2800"); // an unknown field behind the end
    others.add(start + start + rest); // the header twice
    others.add(rest + start); // another order
    others.add(start + "1200" + rest); // the data twice
    others.add(start + rest.replace("1a00", "")); // no evidence
    others.add(start + rest.replace("22041a021200", "")); // no commit
    others.add(start + rest.replace("22041a021200", "2200")); // a commit without block id
    others.add(start + rest.replaceFirst("0a036f6e65", "0a83006f6e65")); // a longer length
    others.add(start + rest.replaceFirst("0a036f6e65", "12036f6e65")); // an unknown element
    others.add(start + rest.replaceFirst("0a036f6e65", "0a7f6f6e65")); // beyond the data
    others.add("");

    assertThat(others)
        .allSatisfy(it -> assertThat(LedgerBlock.decode(Bytes.fromHex(it))).isEmpty());
  }

  @Test
  void countsTransactionsBeforeItHashesThem() {
    int tooMany = Limits.MAX_BLOCK_TRANSACTIONS + 1;
    var transactions = new ArrayList<Transaction>(tooMany);
    for (int i = 0; i < tooMany; i++) {
      transactions.add(new Transaction(Bytes.EMPTY, Hash.sha256()));
    }
    var fits = transactions.subList(1, tooMany);

    var block = LedgerBlock.of(BLOCK.header(), transactions, Commit.EMPTY);
    assertThat(LedgerBlock.decode(block.encoded())).isEmpty();
    var largest = LedgerBlock.of(BLOCK.header(), fits, Commit.EMPTY);
    assertThat(LedgerBlock.decode(largest.encoded())).isPresent();
  }

  @Test
  void isReadOnlyWithinTheLimitsOfItsNetwork() {
    var limits = new Limits(2_000, 4_096, 1_000, 10);
    var reader = new LedgerBlockReader(limits);
    int overhead = BLOCK.encoded().length();
    var fits = LedgerBlock.of(BLOCK.header(), List.of(), Commit.EMPTY).encoded().length();

    assertThat(reader.read(BLOCK.encoded())).contains(BLOCK.toBlock());
    assertThat(overhead).isLessThan(LedgerBlock.MAX_OVERHEAD);
    assertThat(reader.read(blockOf(4_096 - fits - 4))).isPresent();
    assertThat(reader.read(blockOf(4_096 - fits - 3))).isEmpty();
  }

  @Test
  void knowsWhatATransactionTakesUpInABlock() {
    int empty = blockOf(0).length();

    for (int size : List.of(1, 127)) {
      // One byte more each for the length of the transaction and for that of the data.
      assertThat(LedgerBlock.sizeInBlock(size)).isEqualTo(size + 2);
    }
    assertThat(LedgerBlock.sizeInBlock(128)).isEqualTo(128 + 3);
    assertThat(blockOf(1).length() - empty).isEqualTo(1);
  }

  /** A block with one transaction of this size. */
  private static Bytes blockOf(int size) {
    var transaction = Transaction.of(Bytes.wrap(new byte[size]));
    return LedgerBlock.of(BLOCK.header(), List.of(transaction), Commit.EMPTY).encoded();
  }
}
