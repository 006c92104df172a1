package dev.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommitVerifierTest {
  private static final LedgerBlock BLOCK = Four.block(Four.START, "x");
  private static final Commit COMMIT = Four.commit(BLOCK, 3, "a", "b", "c");

  @Test
  void acceptsThreeOfFour() {
    assertThat(verify(COMMIT)).isInstanceOf(CommitVerifier.Result.Proven.class);
    assertThat(verify(Four.commit(BLOCK, 0, "a", "b", "c", "d")))
        .isInstanceOf(CommitVerifier.Result.Proven.class);
  }

  @Test
  void refusesTwoOfFour() {
    assertRefused(Four.commit(BLOCK, 3, "a", "b"), "power 2 of 4");
    assertRefused(Four.commit(BLOCK, 3), "power 0 of 4");
  }

  @Test
  void refusesExactlyTwoThirdsOfThePower() {
    var genesis =
        Genesis.builder(Four.CHAIN, Four.GENESIS_TIME, "pbft")
            .validator("a", Four.keys("a").publicKey(), 4)
            .validator("b", Four.keys("b").publicKey(), 1)
            .validator("c", Four.keys("c").publicKey(), 1)
            .build();
    var set = genesis.validatorSet();
    var block =
        Four.rules(genesis)
            .build(
                ChainState.genesis(genesis),
                Four.GENESIS_TIME,
                Four.id("a"),
                Four.transactions("x"));
    var two = commitOf(block, set, List.of("a"));
    var three = commitOf(block, set, List.of("a", "c"));

    assertThat(verify(two, block, set)).isInstanceOf(CommitVerifier.Result.Refused.class);
    assertThat(verify(three, block, set)).isInstanceOf(CommitVerifier.Result.Proven.class);
  }

  @Test
  void refusesASignatureThatIsNotValidAlsoBeyondTwoThirds() {
    var all = Four.commit(BLOCK, 3, "a", "b", "c", "d");
    for (int i = 0; i < 4; i++) {
      var places = new ArrayList<>(all.signatures());
      var other = places.get((i + 1) % 4).signature();
      places.set(i, place(all, i, CommitSig.Flag.COMMIT, other));

      assertRefused(withPlaces(all, places), "signature");
    }
  }

  @Test
  void refusesAVoteInAnothersPlace() {
    var all = Four.commit(BLOCK, 3, "a", "b", "c", "d");
    var swapped = new ArrayList<>(all.signatures());
    Collections.swap(swapped, 1, 2);

    assertRefused(withPlaces(all, swapped), "place 1");
  }

  @Test
  void refusesAVoteThatIsCountedTwice() {
    var places = new ArrayList<>(COMMIT.signatures());
    int present = places.getFirst().flag() == CommitSig.Flag.ABSENT ? 1 : 0;
    for (int i = 0; i < places.size(); i++) {
      places.set(i, COMMIT.signatures().get(present));
    }

    assertRefused(withPlaces(COMMIT, places), "place");
  }

  @Test
  void refusesAVoteForNoBlock() {
    var all = Four.commit(BLOCK, 3, "a", "b", "c", "d");
    var places = new ArrayList<>(all.signatures());
    places.set(0, place(all, 0, CommitSig.Flag.NIL, places.get(0).signature()));

    assertRefused(withPlaces(all, places), "no block");
  }

  @Test
  void refusesTooFewAndTooManyPlaces() {
    var places = new ArrayList<>(COMMIT.signatures());
    places.add(CommitSig.ABSENT);
    assertRefused(withPlaces(COMMIT, places), "5 places");
    assertRefused(withPlaces(COMMIT, places.subList(0, 3)), "3 places");
    assertRefused(withPlaces(COMMIT, List.of()), "0 places");
  }

  @Test
  void refusesATimeThatIsNotTheBlocks() {
    var places = new ArrayList<CommitSig>();
    var time = BLOCK.header().time().plusMillis(1);
    for (var name : List.of("a", "b", "c", "d")) {
      places.add(signedAt(name, time));
    }
    places.sort(
        (left, right) -> left.validator().orElseThrow().compareTo(right.validator().orElseThrow()));

    assertRefused(withPlaces(COMMIT, places), "time");
  }

  @Test
  void refusesACommitOfAnotherBlockHeightOrRound() {
    var id = COMMIT.blockId();
    var otherParts = new BlockId(id.hash(), new PartSetHeader(2, id.parts().hash()));
    var otherHash = new BlockId(Hash.sha256(), id.parts());
    var places = COMMIT.signatures();

    assertRefused(new Commit(new Height(2), new Round(3), id, places), "height 2");
    assertRefused(new Commit(new Height(1), new Round(2), id, places), "signature");
    assertRefused(new Commit(new Height(1), new Round(3), otherParts, places), "block");
    assertRefused(new Commit(new Height(1), new Round(3), otherHash, places), "block");
  }

  @Test
  void refusesAHeaderThatIsNotTheBlocks() {
    var other = Four.block(Four.START, "y");

    assertThat(
            CommitVerifier.verify(
                COMMIT, BLOCK.id(), other.header(), Four.SET, Four.CHAIN, Ed25519.INSTANCE))
        .isInstanceOf(CommitVerifier.Result.Refused.class);
  }

  @Test
  void refusesAnotherChain() {
    assertThat(
            CommitVerifier.verify(
                COMMIT, BLOCK.id(), BLOCK.header(), Four.SET, "five", Ed25519.INSTANCE))
        .isInstanceOf(CommitVerifier.Result.Refused.class);
  }

  @Test
  void refusesASetThatTheHeaderDoesNotName() {
    var stronger = new ArrayList<>(Four.SET.members());
    stronger.set(0, Validator.of(stronger.getFirst().key(), 2));

    assertThat(verify(COMMIT, BLOCK, ValidatorSet.of(stronger)))
        .isInstanceOfSatisfying(
            CommitVerifier.Result.Refused.class,
            it -> assertThat(it.reason()).contains("another set"));
  }

  private static CommitSig signedAt(String name, Instant time) {
    var signBytes =
        CanonicalBytes.vote(2, BLOCK.height(), new Round(3), BLOCK.id(), time, Four.CHAIN);
    return CommitSig.commit(Four.id(name), time, Ed25519.INSTANCE.sign(Four.keys(name), signBytes));
  }

  private static Commit commitOf(LedgerBlock block, ValidatorSet set, List<String> names) {
    var time = block.header().time();
    var signers = new ArrayList<Certificate.Signer>();
    for (var name : names) {
      var bytes = CanonicalBytes.vote(2, block.height(), Round.ZERO, block.id(), time, Four.CHAIN);
      signers.add(
          new Certificate.Signer(Four.id(name), Ed25519.INSTANCE.sign(Four.keys(name), bytes)));
    }
    return Commit.of(
        new Certificate(VoteType.COMMIT, block.height(), Round.ZERO, block.id(), time, signers),
        set);
  }

  private static CommitSig place(
      Commit commit, int index, CommitSig.Flag flag, Optional<Signature> signature) {
    var place = commit.signatures().get(index);
    return new CommitSig(flag, place.validator(), place.timestamp(), signature);
  }

  private static Commit withPlaces(Commit commit, List<CommitSig> places) {
    return new Commit(commit.height(), commit.round(), commit.blockId(), places);
  }

  private static void assertRefused(Commit commit, String reason) {
    assertThat(verify(commit))
        .isInstanceOfSatisfying(
            CommitVerifier.Result.Refused.class, it -> assertThat(it.reason()).contains(reason));
  }

  private static CommitVerifier.Result verify(Commit commit) {
    return verify(commit, BLOCK, Four.SET);
  }

  private static CommitVerifier.Result verify(Commit commit, LedgerBlock block, ValidatorSet set) {
    return CommitVerifier.verify(
        commit, block.id(), block.header(), set, Four.CHAIN, Ed25519.INSTANCE);
  }
}
