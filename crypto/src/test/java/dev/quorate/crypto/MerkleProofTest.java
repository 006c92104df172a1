package dev.quorate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleProofTest {
  private static final int LARGEST = 70;

  @Test
  void provesEveryLeafOfEveryTree() {
    for (int size = 1; size <= LARGEST; size++) {
      var root = MerkleTree.root(Leaves.first(size));
      for (int index = 0; index < size; index++) {
        var proof = MerkleProof.of(Leaves.hashesOfFirst(size), index);

        assertThat(proof.proves(root, Leaves.leaf(index))).as("%s of %s", index, size).isTrue();
        assertThat(proof.proves(root, Leaves.leaf(size))).as("another leaf").isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 6, 7, 8, 11, 16, 33, 70})
  void failsWithAnyAuntChangedMissingOrAdded(int size) {
    var root = MerkleTree.root(Leaves.first(size));
    var stranger = MerkleTree.leafHash(Bytes.utf8("stranger"));
    for (int index = 0; index < size; index++) {
      var proof = MerkleProof.of(Leaves.hashesOfFirst(size), index);

      for (int i = 0; i <= proof.aunts().size(); i++) {
        assertThat(with(proof, inserted(proof.aunts(), i, stranger)).provesLeafHash(root))
            .isFalse();
      }
      for (int i = 0; i < proof.aunts().size(); i++) {
        var changed = new ArrayList<>(proof.aunts());
        changed.set(i, stranger);
        assertThat(with(proof, changed).provesLeafHash(root)).isFalse();
        changed.set(i, Hash.NONE);
        assertThat(with(proof, changed).provesLeafHash(root)).isFalse();
        changed.remove(i);
        assertThat(with(proof, changed).provesLeafHash(root)).isFalse();
      }
    }
  }

  @Test
  void failsWithAnotherIndex() {
    for (int size = 1; size <= 20; size++) {
      var root = MerkleTree.root(Leaves.first(size));
      for (int index = 0; index < size; index++) {
        var proof = MerkleProof.of(Leaves.hashesOfFirst(size), index);
        for (int other = -1; other <= size + 1; other++) {
          var moved = new MerkleProof(size, other, proof.leafHash(), proof.aunts());

          assertThat(moved.provesLeafHash(root)).isEqualTo(other == index);
        }
      }
    }
  }

  @Test
  void failsWithATotalThatGivesThePathAnotherLength() {
    var root = MerkleTree.root(Leaves.first(8));
    var proof = MerkleProof.of(Leaves.hashesOfFirst(8), 3);

    for (long total : new long[] {Long.MIN_VALUE, -1, 0, 3, 4, 9, 16, 17, Long.MAX_VALUE}) {
      var claim = new MerkleProof(total, 3, proof.leafHash(), proof.aunts());
      assertThat(claim.provesLeafHash(root)).as("total %s", total).isFalse();
    }
  }

  @Test
  void failsForAnotherRoot() {
    var proof = MerkleProof.of(Leaves.hashesOfFirst(5), 4);

    assertThat(proof.provesLeafHash(MerkleTree.root(Leaves.first(6)))).isFalse();
    assertThat(proof.provesLeafHash(Hash.NONE)).isFalse();
  }

  @Test
  void failsForAnAbsentLeafHash() {
    assertThat(new MerkleProof(1, 0, Hash.NONE, List.of()).provesLeafHash(Hash.NONE)).isFalse();
  }

  @Test
  void doesNotClimbMoreThanAHundredAunts() {
    var aunts = Collections.nCopies(MerkleProof.MAX_AUNTS + 1, MerkleTree.EMPTY_ROOT);

    var proof = new MerkleProof(Long.MAX_VALUE, 0, MerkleTree.EMPTY_ROOT, aunts);

    assertThat(proof.provesLeafHash(MerkleTree.EMPTY_ROOT)).isFalse();
  }

  @Test
  void isNotMadeForALeafThatIsNotThere() {
    assertThatThrownBy(() -> MerkleProof.of(Leaves.hashesOfFirst(3), 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static MerkleProof with(MerkleProof proof, List<Hash> aunts) {
    return new MerkleProof(proof.total(), proof.index(), proof.leafHash(), aunts);
  }

  private static List<Hash> inserted(List<Hash> aunts, int at, Hash one) {
    var more = new ArrayList<>(aunts);
    more.add(at, one);
    return more;
  }
}
