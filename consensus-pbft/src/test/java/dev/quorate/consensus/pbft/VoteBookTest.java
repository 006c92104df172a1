package dev.quorate.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.VoteBook.Entry;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;
import org.junit.jupiter.api.Test;

/** Counting votes: distinct validators, exact ballots, bounded memory. */
class VoteBookTest {
  private final VoteBook book = new VoteBook(VoteType.COMMIT, new Height(1), Validators.FOUR.set());

  @Test
  void theVoteThatCompletesAQuorumSaysSo() {
    assertThat(book.add(vote("a", 0, "x"))).isEqualTo(new Entry.Counted(false));
    assertThat(book.add(vote("b", 0, "x"))).isEqualTo(new Entry.Counted(false));
    assertThat(book.add(vote("c", 0, "x"))).isEqualTo(new Entry.Counted(true));
    assertThat(book.add(vote("d", 0, "x"))).isEqualTo(new Entry.Counted(false));
  }

  @Test
  void votesForDifferentBlocksDoNotAddUp() {
    book.add(vote("a", 0, "x"));
    book.add(vote("b", 0, "x"));
    book.add(vote("c", 0, "y"));

    assertThat(book.quorum()).isEmpty();
  }

  @Test
  void twoSignaturesOfOneVoteCountOnce() {
    book.add(vote("a", 0, "x"));
    var again = vote("a", 0, "x").withSignature(new Signature(Bytes.wrap(new byte[64])));

    assertThat(book.add(again)).isEqualTo(new Entry.Known());
  }

  @Test
  void theFirstOfTwoConflictingVotesCounts() {
    var first = vote("a", 0, "x");
    book.add(first);

    assertThat(book.add(vote("a", 0, "y"))).isEqualTo(new Entry.Conflict(first));
  }

  @Test
  void votesOfOneValidatorInDifferentViewsAreNoConflict() {
    book.add(vote("a", 0, "x"));

    assertThat(book.add(vote("a", 1, "y"))).isEqualTo(new Entry.Counted(false));
  }

  @Test
  void aStrangersVoteIsDropped() {
    var stranger = new ValidatorId(Bytes.wrap(new byte[20]));
    var block = NormalCaseTest.chain("x", 1).getFirst();

    assertThat(book.add(Validators.vote(VoteType.COMMIT, 0, block, stranger)))
        .isEqualTo(new Entry.Dropped());
  }

  @Test
  void keepsAFewViewsOfEachValidatorAndForgetsTheLowestFirst() {
    for (int view = 0; view < 100_000; view++) {
      book.add(vote("a", view, "x"));
    }

    assertThat(book.voteOf(Validators.FOUR.id("a"), new Round(99_999))).isPresent();
    assertThat(book.voteOf(Validators.FOUR.id("a"), new Round(99_995))).isEmpty();
    assertThat(book.add(vote("a", 7, "x"))).isEqualTo(new Entry.Dropped());
  }

  @Test
  void aForgottenVoteCountsNoMore() {
    book.add(vote("a", 0, "x"));
    book.add(vote("b", 0, "x"));
    for (int view = 1; view <= VoteBook.VIEWS_KEPT; view++) {
      book.add(vote("a", view, "x"));
    }

    book.add(vote("c", 0, "x"));

    assertThat(book.quorumIn(Round.ZERO)).isEmpty();
  }

  private static SignedVote vote(String name, int view, String content) {
    var block = Validators.block(1, BlockId.NONE, Validators.FOUR.id("a"), content);
    return Validators.vote(VoteType.COMMIT, view, block, Validators.FOUR.id(name));
  }
}
