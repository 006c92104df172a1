package dev.quorate.consensus.tendermint;

import static dev.quorate.consensus.tendermint.Validators.FOUR;
import static dev.quorate.consensus.tendermint.Validators.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Signature;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VoteBookTest {
  private static final Block X = block(1, BlockId.NONE, FOUR.id("a"), "x");
  private final VoteBook book = new VoteBook(FOUR.set());

  private Tally.Entry add(String name, int round, Optional<Block> block) {
    return book.add(Validators.vote(VoteType.PREPARE, round, 1, block, FOUR.id(name)));
  }

  @Test
  void ofEachValidatorTheNextRoundAndTheHighestAreKept() {
    add("d", 1, Optional.empty());
    add("d", 7, Optional.empty());
    add("d", 9, Optional.empty());

    assertThat(add("d", 8, Optional.empty())).isInstanceOf(Tally.Entry.Dropped.class);
    assertThat(book.rounds()).containsExactly(new Round(1), new Round(9));
  }

  @Test
  void farRoundsOfOneValidatorDoNotPushOutAnothers() {
    add("a", 7, Optional.empty());
    for (int round = 100; round < 1_000; round++) {
      add("d", round, Optional.empty());
    }

    assertThat(book.rounds()).containsExactly(new Round(7), new Round(999));
  }

  @Test
  void ofRoundsThatAreOverTheLastOnesAndTheNeededOnesAreKept() {
    for (int round = 0; round < 200; round++) {
      book.enter(new Round(round), Set.of(new Round(3)));
      add("d", round, Optional.empty());
    }

    assertThat(book.rounds()).hasSizeLessThanOrEqualTo(VoteBook.OLD_ROUNDS_KEPT + 3);
    assertThat(book.rounds()).contains(new Round(3)).doesNotContain(new Round(4));
    assertThat(add("a", 5, Optional.empty())).isInstanceOf(Tally.Entry.Dropped.class);
  }

  @Test
  void aPolkaOfARoundLongGoneIsStillTakenAsACertificate() {
    book.enter(new Round(200), Set.of());

    book.add(FOUR.certificate(VoteType.PREPARE, 5, X, "abc"));

    assertThat(book.at(new Round(5)).prevotes().isQuorumFor(X.id())).isTrue();
  }

  @Test
  void strangersAreDropped() {
    var stranger =
        new Validators(7)
            .set().members().stream()
                .map(it -> it.id())
                .filter(it -> !FOUR.set().contains(it))
                .findFirst()
                .orElseThrow();

    assertThat(book.add(Validators.vote(VoteType.PREPARE, 0, 1, Optional.empty(), stranger)))
        .isInstanceOf(Tally.Entry.Dropped.class);
  }

  @Test
  void votesForOneBlockWithDifferentTimesMakeNoQuorum() {
    add("a", 0, Optional.of(X));
    add("b", 0, Optional.of(X));
    var otherTime =
        new Vote(
            VoteType.PREPARE,
            new Height(1),
            Round.ZERO,
            X.id(),
            CanonicalBytes.ZERO_TIME,
            FOUR.id("c"));
    book.add(new SignedVote(otherTime, Signature.UNSIGNED));

    assertThat(book.at(Round.ZERO).prevotes().quorum()).isEmpty();
    assertThat(book.at(Round.ZERO).prevotes().isAnyQuorum()).isTrue();
  }

  @Test
  void aCertificateAndVotesTogetherMakeTheFullestCertificate() {
    add("d", 0, Optional.of(X));
    book.add(FOUR.certificate(VoteType.PREPARE, 0, X, "abc"));

    assertThat(book.at(Round.ZERO).prevotes().certificate().orElseThrow().signers()).hasSize(4);
  }

  @Test
  void theSignersOfACertificateAreInItsRound() {
    book.add(FOUR.certificate(VoteType.PREPARE, 4, X, "abc"));

    assertThat(book.weakQuorumAhead()).contains(new Round(4));
  }

  @Test
  void exactlyAThirdIsNoWeakQuorum() {
    var three = new Validators(3);
    var small = new VoteBook(three.set());
    small.add(Validators.vote(VoteType.PREPARE, 2, 1, Optional.empty(), three.id("a")));
    assertThat(small.weakQuorumAhead()).isEmpty();

    small.add(Validators.vote(VoteType.COMMIT, 2, 1, Optional.empty(), three.id("b")));

    assertThat(small.weakQuorumAhead()).contains(new Round(2));
  }
}
