package dev.quorate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  @Test
  void hasThePublishedRoots() throws IOException {
    var vectors = vectors().get("vectors");
    assertThat(vectors).hasSize(7);
    for (var vector : vectors) {
      var leaves = new ArrayList<Bytes>();
      vector.get("leaves_hex").forEach(leaf -> leaves.add(Bytes.fromHex(leaf.asText())));

      assertThat(MerkleTree.root(leaves).hex())
          .as(vector.get("name").asText())
          .isEqualTo(vector.get("root_hex").asText());
    }
  }

  @Test
  void hashesAnInnerNodeBehindAOne() throws IOException {
    var vector = vectors().get("inner_node");
    var left = Bytes.fromHex(vector.get("left_hex").asText());
    var right = Bytes.fromHex(vector.get("right_hex").asText());
    var children = Leaves.hashesOfFirst(2);
    var prefix = Bytes.fromHex("01");

    assertThat(Hash.sha256(prefix, left, right).hex()).isEqualTo(vector.get("hash_hex").asText());
    assertThat(MerkleTree.innerHash(children.getFirst(), children.getLast()))
        .isEqualTo(Hash.sha256(prefix, children.getFirst().bytes(), children.getLast().bytes()));
  }

  @Test
  void splitsAtThePublishedPoints() throws IOException {
    for (var entry : vectors().get("split_point").properties()) {
      int size = Integer.parseInt(entry.getKey());
      int split = entry.getValue().asInt();
      var leaves = Leaves.hashesOfFirst(size);
      if (split == 0) {
        assertThat(MerkleTree.rootOfLeafHashes(leaves)).isEqualTo(leaves.getFirst());
        continue;
      }

      assertThat(MerkleTree.rootOfLeafHashes(leaves))
          .as("%s leaves", size)
          .isEqualTo(
              MerkleTree.innerHash(
                  MerkleTree.rootOfLeafHashes(leaves.subList(0, split)),
                  MerkleTree.rootOfLeafHashes(leaves.subList(split, size))));
    }
  }

  @Test
  void hasTheRootOfTheRecursiveDefinitionAtEverySize() {
    for (int size = 1; size <= 200; size++) {
      var leaves = Leaves.hashesOfFirst(size);

      assertThat(MerkleTree.rootOfLeafHashes(leaves)).isEqualTo(recursive(leaves));
    }
  }

  @Test
  void doesNotTakeALeafForAnInnerNode() {
    var children = Leaves.hashesOfFirst(2);
    var both = Bytes.fromHex(children.getFirst().hex() + children.getLast().hex());

    assertThat(MerkleTree.root(List.of(both))).isNotEqualTo(MerkleTree.rootOfLeafHashes(children));
  }

  @Test
  void hashesALeafWithoutChangingIt() {
    var text = Bytes.utf8("before leaf after").slice(7, 11);

    assertThat(MerkleTree.leafHash(text)).isEqualTo(Hash.sha256(Bytes.fromHex("00"), text));
    assertThat(MerkleTree.leafHashes(List.of(text))).containsExactly(MerkleTree.leafHash(text));
  }

  @Test
  void refusesANodeWithOneChild() {
    assertThatThrownBy(() -> MerkleTree.innerHash(MerkleTree.EMPTY_ROOT, Hash.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Hash recursive(List<Hash> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int split = 1;
    while (2 * split < leaves.size()) {
      split *= 2;
    }
    return Hash.sha256(
        Bytes.fromHex("01"),
        recursive(leaves.subList(0, split)).bytes(),
        recursive(leaves.subList(split, leaves.size())).bytes());
  }

  private static JsonNode vectors() throws IOException {
    try (var in = MerkleTreeTest.class.getResourceAsStream("/vectors/merkle.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
  }
}
