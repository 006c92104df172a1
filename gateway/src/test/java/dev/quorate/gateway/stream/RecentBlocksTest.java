package dev.quorate.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.gateway.SoloOrdering;
import org.junit.jupiter.api.Test;

class RecentBlocksTest {
  private final SoloOrdering ordering = new SoloOrdering();
  private final RecentBlocks blocks = new RecentBlocks(ordering.chain());

  @Test
  void findsBlocksInMemoryAndInTheChain() {
    for (int i = 0; i < 2 * RecentBlocks.MAX_BLOCKS; i++) {
      blocks.add(ordering.commit("tx " + i));
    }

    for (long height = 1; height <= 2 * RecentBlocks.MAX_BLOCKS; height++) {
      assertThat(blocks.at(height).orElseThrow().block().height().value()).isEqualTo(height);
    }
    assertThat(blocks.at(0)).isEmpty();
    assertThat(blocks.at(2 * RecentBlocks.MAX_BLOCKS + 1)).isEmpty();
  }

  @Test
  void beginsAnewBehindAHole() {
    blocks.add(ordering.commit("a"));
    ordering.commit("not heard of");
    blocks.add(ordering.commit("c"));

    for (long height = 1; height <= 3; height++) {
      assertThat(blocks.at(height).orElseThrow().block().height().value()).isEqualTo(height);
    }
  }
}
