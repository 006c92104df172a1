package dev.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever arrives, a decoder answers, and what it takes has one encoding: the bytes it took. */
class MutationTest {
  private static final int RUNS = 400;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1807})
  void aBlockDecodesToItselfAndAMutatedOneToNothingElse(long seed) {
    var random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      var block = block(random);
      assertThat(LedgerBlock.decode(block.encoded()).map(LedgerBlock::encoded))
          .contains(block.encoded());
      assertThat(reencoded(block.encoded())).contains(block.encoded());

      var mutated = mutate(block.encoded(), random);
      reencoded(mutated).ifPresent(it -> assertThat(it).isEqualTo(mutated));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1807})
  void aCommitDecodesToItselfAndAMutatedOneToNothingElse(long seed) {
    var random = new Random(seed);
    Function<Bytes, Optional<Bytes>> reencode = it -> Commit.decode(it).map(Commit::encode);
    for (int run = 0; run < RUNS; run++) {
      var commit = commit(random);
      assertThat(Commit.decode(commit.encode())).contains(commit);

      var mutated = mutate(commit.encode(), random);
      reencode.apply(mutated).ifPresent(it -> assertThat(it).isEqualTo(mutated));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42, 1807})
  void noiseIsAnsweredToo(long seed) {
    var random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      var noise = bytes(random, random.nextInt(300));
      assertThat(LedgerBlock.decode(noise)).isEmpty();
      assertThat(Genesis.read(noise)).isInstanceOf(GenesisReading.Faulty.class);
      Commit.decode(noise).ifPresent(it -> assertThat(it.encode()).isEqualTo(noise));
    }
  }

  /** Every bit of a small block, one after the other: all of them belong to its identity. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"block"})
  void everyBitOfABlockMatters(String name) {
    var block = Four.block(Four.START, name);
    var original = block.encoded().toArray();
    for (int bit = 0; bit < 8 * original.length; bit++) {
      var flipped = original.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));

      var decoded = LedgerBlock.decode(Bytes.wrap(flipped));

      decoded.ifPresent(it -> assertThat(it.id()).isNotEqualTo(block.id()));
      decoded.ifPresent(
          it ->
              assertThat(BlockCodec.encode(it.header(), contents(it)))
                  .isEqualTo(Bytes.wrap(flipped)));
    }
  }

  private static Optional<Bytes> reencoded(Bytes encoded) {
    return LedgerBlock.decode(encoded).map(it -> BlockCodec.encode(it.header(), contents(it)));
  }

  private static LedgerBlock.Contents contents(LedgerBlock block) {
    return new LedgerBlock.Contents(block.transactions(), block.evidence(), block.lastCommit());
  }

  private static Bytes mutate(Bytes original, Random random) {
    var bytes = original.toArray();
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> {
        return original.slice(0, at);
      }
      case 3 -> {
        return join(
            original.slice(0, at),
            bytes(random, 1 + random.nextInt(3)),
            original.slice(at, bytes.length));
      }
      default -> {
        int to = at + random.nextInt(bytes.length - at);
        return join(original.slice(0, to), original.slice(at, bytes.length));
      }
    }
    return Bytes.wrap(bytes);
  }

  private static Bytes join(Bytes... pieces) {
    var out = new ByteArrayOutputStream();
    for (var piece : pieces) {
      piece.writeTo(out);
    }
    return Bytes.wrap(out.toByteArray());
  }

  private static LedgerBlock block(Random random) {
    var transactions = new ArrayList<Transaction>();
    for (int i = random.nextInt(6); i > 0; i--) {
      transactions.add(Transaction.of(bytes(random, random.nextInt(200))));
    }
    var evidence = new ArrayList<Bytes>();
    for (int i = random.nextInt(3); i > 0; i--) {
      evidence.add(bytes(random, random.nextInt(40)));
    }
    var commit = random.nextBoolean() ? Commit.EMPTY : commit(random);
    return LedgerBlock.of(header(random), new LedgerBlock.Contents(transactions, evidence, commit));
  }

  private static Header header(Random random) {
    return new Header(
        random.nextInt(20),
        random.nextInt(3),
        "c".repeat(random.nextInt(51)),
        new Height(random.nextLong() >>> (1 + random.nextInt(60))),
        time(random),
        blockId(random),
        hash(random),
        hash(random),
        hash(random),
        hash(random),
        hash(random),
        bytes(random, random.nextInt(65)),
        hash(random),
        hash(random),
        Four.id("v" + random.nextInt()));
  }

  private static Commit commit(Random random) {
    var places = new ArrayList<CommitSig>();
    for (int i = random.nextInt(6); i > 0; i--) {
      var flag = CommitSig.Flag.ofCode(1 + random.nextInt(3)).orElseThrow();
      places.add(
          flag == CommitSig.Flag.ABSENT
              ? CommitSig.ABSENT
              : new CommitSig(
                  flag,
                  Optional.of(Four.id("v" + random.nextInt())),
                  time(random),
                  Optional.of(new Signature(bytes(random, Signature.SIZE)))));
    }
    return new Commit(
        new Height(random.nextInt(1000)),
        new Round(random.nextInt(Integer.MAX_VALUE)),
        blockId(random),
        places);
  }

  private static BlockId blockId(Random random) {
    return random.nextInt(4) == 0
        ? BlockId.NONE
        : new BlockId(hash(random), new PartSetHeader(random.nextLong() >>> 32, hash(random)));
  }

  private static Instant time(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Header.MIN_TIME;
      case 1 -> Header.MAX_TIME;
      default -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    };
  }

  private static Hash hash(Random random) {
    return random.nextInt(5) == 0 ? Hash.NONE : Hash.copyOf(bytes(random, Hash.SIZE));
  }

  private static Bytes bytes(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
