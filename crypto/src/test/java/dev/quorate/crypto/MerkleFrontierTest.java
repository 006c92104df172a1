package dev.quorate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleFrontierTest {
  @Test
  void hasTheRootOfTheTreeAtEverySize() {
    var frontier = MerkleFrontier.EMPTY;
    for (int size = 0; size <= 300; size++) {
      assertThat(frontier.size()).isEqualTo(size);
      assertThat(frontier.root()).isEqualTo(MerkleTree.root(Leaves.first(size)));

      frontier = frontier.append(List.of(MerkleTree.leafHash(Leaves.leaf(size))));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void growsTheSameHoweverTheLeavesAreGrouped(long seed) {
    var random = new Random(seed);
    var all = new ArrayList<Hash>();
    var frontier = MerkleFrontier.EMPTY;
    for (int i = 0; i < 40; i++) {
      var group = new ArrayList<Hash>();
      for (int n = random.nextInt(60); n > 0; n--) {
        group.add(MerkleTree.leafHash(Leaves.leaf(random.nextInt())));
      }
      all.addAll(group);

      frontier = frontier.append(group);

      assertThat(frontier).isEqualTo(MerkleFrontier.EMPTY.append(all));
      assertThat(frontier.root()).isEqualTo(MerkleTree.rootOfLeafHashes(all));
    }
  }

  @Test
  void isRebuiltFromItsPeaks() {
    var frontier = MerkleFrontier.EMPTY.append(Leaves.hashesOfFirst(77));

    var rebuilt = MerkleFrontier.of(frontier.size(), frontier.peaks());

    assertThat(rebuilt).isEqualTo(frontier).hasSameHashCodeAs(frontier);
    assertThat(rebuilt.peaks()).hasSize(Integer.bitCount(77));
  }

  @Test
  void doesNotChangeWhenItIsAppendedTo() {
    var frontier = MerkleFrontier.EMPTY.append(Leaves.hashesOfFirst(3));

    frontier.append(Leaves.hashesOfFirst(10));

    assertThat(frontier.root()).isEqualTo(MerkleTree.root(Leaves.first(3)));
  }

  @Test
  void refusesPeaksThatMakeNoTreeOfThatSize() {
    var peaks = MerkleFrontier.EMPTY.append(Leaves.hashesOfFirst(3)).peaks();

    assertThatThrownBy(() -> MerkleFrontier.of(4, peaks))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MerkleFrontier.of(1, List.of(Hash.NONE)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MerkleFrontier.of(-1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesALeafWithoutAHash() {
    var leaves = List.of(MerkleTree.EMPTY_ROOT, Hash.NONE);

    assertThatThrownBy(() -> MerkleFrontier.EMPTY.append(leaves))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MerkleTree.rootOfLeafHashes(leaves))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
