package dev.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleProof;
import dev.quorate.crypto.MerkleTree;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartSetTest {
  private static final int SIZE = PartSet.PART_SIZE;
  private static final PartSet SET = PartSet.of(noise(2 * SIZE + 7));

  @Test
  void cutsBytesIntoPartsOf64KiB() {
    assertThat(SET.parts().stream().map(Bytes::length)).containsExactly(SIZE, SIZE, 7);
    assertThat(SET.header()).isEqualTo(new PartSetHeader(3, MerkleTree.root(SET.parts())));
    assertThat(PartSet.of(noise(SIZE)).header().total()).isEqualTo(1);
    assertThat(PartSet.of(noise(SIZE + 1)).header().total()).isEqualTo(2);
    assertThatThrownBy(() -> PartSet.of(Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void provesThePlaceOfEveryPart() {
    for (int i = 0; i < 3; i++) {
      assertThat(SET.part(i).belongsTo(SET.header())).isTrue();
      assertThat(PartSet.Part.decode(SET.part(i).encode())).contains(SET.part(i));
    }
  }

  @Test
  void takesNoPartForAnother() {
    var second = SET.part(1);
    var proof = second.proof();
    var last = SET.part(2);

    assertThat(
            List.of(
                new PartSet.Part(0, second.bytes(), proof),
                new PartSet.Part(-1, second.bytes(), proof),
                new PartSet.Part(3, second.bytes(), proof),
                new PartSet.Part(1, noise(SIZE - 1), proof),
                new PartSet.Part(1, noise(SIZE), proof),
                new PartSet.Part(1, last.bytes(), last.proof()),
                new PartSet.Part(2, Bytes.EMPTY, last.proof()),
                new PartSet.Part(
                    1, second.bytes(), new MerkleProof(4, 1, proof.leafHash(), proof.aunts())),
                new PartSet.Part(
                    1,
                    second.bytes(),
                    new MerkleProof(3, 1, proof.leafHash(), proof.aunts().reversed()))))
        .allSatisfy(it -> assertThat(it.belongsTo(SET.header())).isFalse());
    assertThat(second.belongsTo(new PartSetHeader(3, Hash.sha256()))).isFalse();
    assertThat(second.belongsTo(PartSetHeader.NONE)).isFalse();
  }

  @Test
  void decodesOnlyCanonicalParts() {
    var encoded = SET.part(2).encode().hex();

    assertThat(PartSet.Part.decode(Bytes.fromHex(encoded + "2001"))).isEmpty();
    assertThat(PartSet.Part.decode(Bytes.fromHex("0800" + encoded))).isEmpty();
    assertThat(PartSet.Part.decode(noise(PartCodec.MAX_BYTES + 1))).isEmpty();
  }

  private static Bytes noise(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
