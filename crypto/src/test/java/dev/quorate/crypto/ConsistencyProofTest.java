package dev.quorate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsistencyProofTest {
  private static final int LARGEST = 40;

  @Test
  void provesThatEveryTreeExtendsEverySmallerOne() {
    for (int size = 0; size <= LARGEST; size++) {
      var newRoot = root(size);
      for (int oldSize = 0; oldSize <= size; oldSize++) {
        var proof = ConsistencyProof.of(Leaves.hashesOfFirst(size), oldSize);

        assertThat(proof.proves(root(oldSize), newRoot)).as("%s in %s", oldSize, size).isTrue();
      }
    }
  }

  @Test
  void failsWithAnyNodeChangedMissingOrAdded() {
    var stranger = MerkleTree.leafHash(Bytes.utf8("stranger"));
    for (int size = 1; size <= LARGEST; size++) {
      for (int oldSize = 1; oldSize <= size; oldSize++) {
        var proof = ConsistencyProof.of(Leaves.hashesOfFirst(size), oldSize);
        for (int i = 0; i < proof.path().size(); i++) {
          var changed = new ArrayList<>(proof.path());
          changed.set(i, stranger);
          assertFails(proof, changed);
          changed.set(i, Hash.NONE);
          assertFails(proof, changed);
          changed.remove(i);
          assertFails(proof, changed);
        }
        for (int i = 0; i <= proof.path().size(); i++) {
          var longer = new ArrayList<>(proof.path());
          longer.add(i, stranger);
          assertFails(proof, longer);
        }
      }
    }
  }

  @Test
  void failsForATreeThatRewroteItsPast() {
    for (int size = 2; size <= LARGEST; size++) {
      var rewritten = new ArrayList<>(Leaves.hashesOfFirst(size));
      rewritten.set(0, MerkleTree.leafHash(Bytes.utf8("another past")));
      for (int oldSize = 1; oldSize < size; oldSize++) {
        var proof = ConsistencyProof.of(rewritten, oldSize);

        var newRoot = MerkleTree.rootOfLeafHashes(rewritten);
        assertThat(proof.proves(root(oldSize), newRoot)).isFalse();
      }
    }
  }

  @Test
  void failsForSizesThatCannotBe() {
    var root = root(4);

    assertThat(new ConsistencyProof(4, 3, List.of()).proves(root, root)).isFalse();
    assertThat(new ConsistencyProof(-1, 3, List.of()).proves(root, root)).isFalse();
    assertThat(new ConsistencyProof(3, Long.MAX_VALUE, List.of()).proves(root, root)).isFalse();
    assertThat(new ConsistencyProof(0, 4, List.of()).proves(root, root)).isFalse();
  }

  @Test
  void failsForAnAbsentRoot() {
    var proof = ConsistencyProof.of(Leaves.hashesOfFirst(5), 4);

    assertThat(proof.proves(Hash.NONE, root(5))).isFalse();
    assertThat(proof.proves(root(4), Hash.NONE)).isFalse();
  }

  @Test
  void isNotMadeForATreeThatIsLarger() {
    assertThatThrownBy(() -> ConsistencyProof.of(Leaves.hashesOfFirst(3), 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static void assertFails(ConsistencyProof proof, List<Hash> path) {
    var claim = new ConsistencyProof(proof.oldSize(), proof.newSize(), path);
    var oldRoot = root((int) proof.oldSize());
    assertThat(claim.proves(oldRoot, root((int) proof.newSize()))).isFalse();
  }

  private static Hash root(int size) {
    return MerkleTree.root(Leaves.first(size));
  }
}
