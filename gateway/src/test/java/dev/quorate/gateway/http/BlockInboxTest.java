package dev.quorate.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.gateway.SoloOrdering;
import org.junit.jupiter.api.Test;

class BlockInboxTest {
  private final SoloOrdering ordering = new SoloOrdering();
  private final BlockInbox inbox = new BlockInbox();

  @Test
  void callsItsLoopOncePerVisit() {
    assertThat(inbox.put(ordering.commit("a"))).isTrue();
    assertThat(inbox.put(ordering.commit("b"))).isFalse();
    assertThat(inbox.take().blocks()).hasSize(2);
    assertThat(inbox.put(ordering.commit("c"))).isTrue();
  }

  @Test
  void saysThatItHasDroppedBlocksWhenItsLoopDidNotCome() {
    for (int i = 0; i < BlockInbox.CAPACITY; i++) {
      inbox.put(ordering.commit("tx " + i));
    }
    inbox.put(ordering.commit("one more"));

    var content = inbox.take();
    assertThat(content.complete()).isFalse();
    assertThat(content.blocks()).hasSize(1);
    assertThat(inbox.take().complete()).isTrue();
  }
}
