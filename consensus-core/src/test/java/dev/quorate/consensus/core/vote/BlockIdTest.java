package dev.quorate.consensus.core.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Four;
import dev.quorate.crypto.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockIdTest {
  @Test
  void isNoneOnlyWithoutAnyPart() {
    var halfNone = new BlockId(Hash.NONE, Four.BLOCK.parts());

    assertThat(BlockId.NONE.isNone()).isTrue();
    assertThat(halfNone.isNone()).isFalse();
    assertThat(Four.BLOCK.isNone()).isFalse();
    assertThat(halfNone.isComplete()).isFalse();
    assertThat(Four.BLOCK.isComplete()).isTrue();
  }

  @Test
  void isAnotherIdWithOtherParts() {
    var otherParts = new BlockId(Four.BLOCK.hash(), Four.OTHER_BLOCK.parts());

    assertThat(otherParts).isNotEqualTo(Four.BLOCK).isNotEqualByComparingTo(Four.BLOCK);
    assertThat(Four.block("block")).isEqualTo(Four.BLOCK).isEqualByComparingTo(Four.BLOCK);
  }

  @Test
  void comesFirstWhereItIsNone() {
    assertThat(BlockId.NONE).isLessThan(Four.BLOCK).isLessThan(Four.OTHER_BLOCK);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0x1_0000_0000L, Long.MAX_VALUE})
  void refusesNumbersOfPartsThatDoNotFitThirtyTwoBits(long total) {
    assertThatThrownBy(() -> new PartSetHeader(total, Hash.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsTwoTypesOfVotesByTheirNumbers() {
    for (var type : VoteType.values()) {
      assertThat(VoteType.ofCode(type.code())).contains(type);
    }
    assertThat(VoteType.ofCode(0)).isEmpty();
    assertThat(VoteType.ofCode(32)).isEmpty();
  }
}
