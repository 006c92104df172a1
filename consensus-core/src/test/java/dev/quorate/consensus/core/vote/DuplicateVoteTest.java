package dev.quorate.consensus.core.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Four;
import dev.quorate.crypto.Hash;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DuplicateVoteTest {
  private final Vote vote = Four.commit("a", Four.BLOCK);

  @Test
  void isTheSameWhicheverVoteWasSeenFirst() {
    var one = Four.signedCommit("a", Four.BLOCK);
    var other = Four.signedCommit("a", Four.OTHER_BLOCK);

    var pair = DuplicateVote.of(one, other);

    assertThat(pair).isPresent().isEqualTo(DuplicateVote.of(other, one));
    assertThat(pair.orElseThrow().validator()).isEqualTo(Four.id("a"));
    assertThat(pair.orElseThrow().height()).isEqualTo(new Height(5));
  }

  @Test
  void countsNilAgainstABlockAndPutsItFirst() {
    var nil = SignedVote.unsigned(Four.commit("a", BlockId.NONE));

    var pair = DuplicateVote.of(SignedVote.unsigned(vote), nil).orElseThrow();

    assertThat(pair.first()).isEqualTo(nil);
  }

  @Test
  void tellsBlocksApartByTheirPartsToo() {
    var hash = Four.BLOCK.hash();
    var parts = Hash.sha256();
    // 1 is written as 01, 128 as 80 01 and 256 as 80 02.
    var small = Four.commit("a", new BlockId(hash, new PartSetHeader(1, parts)));
    var middle = Four.commit("a", new BlockId(hash, new PartSetHeader(128, parts)));
    var large = Four.commit("a", new BlockId(hash, new PartSetHeader(256, parts)));

    assertThat(first(large, small)).isEqualTo(small);
    assertThat(first(middle, small)).isEqualTo(small);
    assertThat(first(large, middle)).isEqualTo(middle);
  }

  @Test
  void ordersByTheEncodedNumberOfPartsLikeComet() {
    var hash = Four.BLOCK.hash();
    // As numbers 129 < 256, as varints 81 01 > 80 02.
    var lower = Four.commit("a", new BlockId(hash, new PartSetHeader(256, Hash.sha256())));
    var higher = Four.commit("a", new BlockId(hash, new PartSetHeader(129, Hash.sha256())));

    assertThat(first(higher, lower)).isEqualTo(lower);
  }

  @Test
  void seesNoConflictBetweenVotesOfDifferentSlotsOrPeople() {
    var block = Four.OTHER_BLOCK;
    var time = Four.TIME;

    assertThat(DuplicateVote.conflict(vote, vote)).isFalse();
    assertThat(DuplicateVote.conflict(vote, Four.commit("b", block))).isFalse();
    assertThat(
            DuplicateVote.conflict(
                vote,
                new Vote(VoteType.PREPARE, vote.height(), vote.round(), block, time, Four.id("a"))))
        .isFalse();
    assertThat(
            DuplicateVote.conflict(
                vote,
                new Vote(VoteType.COMMIT, new Height(6), vote.round(), block, time, Four.id("a"))))
        .isFalse();
    assertThat(
            DuplicateVote.conflict(
                vote,
                new Vote(VoteType.COMMIT, vote.height(), new Round(3), block, time, Four.id("a"))))
        .isFalse();
  }

  @Test
  void seesNoConflictInAnotherTimeAlone() {
    var later =
        new Vote(
            vote.type(),
            vote.height(),
            vote.round(),
            vote.blockId(),
            Instant.EPOCH,
            vote.validator());

    assertThat(DuplicateVote.of(SignedVote.unsigned(vote), SignedVote.unsigned(later))).isEmpty();
  }

  @Test
  void refusesVotesInTheWrongOrder() {
    var pair =
        DuplicateVote.of(
                SignedVote.unsigned(vote), SignedVote.unsigned(Four.commit("a", Four.OTHER_BLOCK)))
            .orElseThrow();

    assertThatThrownBy(() -> new DuplicateVote(pair.second(), pair.first()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DuplicateVote(pair.first(), pair.first()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Vote first(Vote one, Vote other) {
    return DuplicateVote.of(SignedVote.unsigned(one), SignedVote.unsigned(other))
        .orElseThrow()
        .first()
        .vote();
  }
}
