package dev.quorate.consensus.core.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.quorate.consensus.core.Four;
import dev.quorate.consensus.core.Vectors;
import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.proto.DuplicateVoteEvidenceProto;
import dev.quorate.consensus.core.vote.proto.VoteProto;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateVoteEvidenceTest {
  private static final DuplicateVote PAIR =
      DuplicateVote.of(Four.signedCommit("a", Four.BLOCK), Four.signedCommit("a", Four.OTHER_BLOCK))
          .orElseThrow();
  private static final DuplicateVoteEvidence EVIDENCE =
      DuplicateVoteEvidence.of(PAIR, Four.SET, Four.TIME);

  @Test
  void readsWhatItWrites() {
    var nil =
        Four.signed(
            "a",
            new Vote(
                VoteType.COMMIT,
                new Height(5),
                new Round(2),
                BlockId.NONE,
                CanonicalBytes.ZERO_TIME,
                Four.id("a")));
    var withNil =
        DuplicateVoteEvidence.of(
            DuplicateVote.of(Four.signedCommit("a", Four.BLOCK), nil).orElseThrow(),
            Four.SET,
            Instant.EPOCH);

    for (var evidence : List.of(EVIDENCE, withNil)) {
      assertThat(DuplicateVoteEvidence.decode(evidence.encode())).contains(evidence);
    }
  }

  @Test
  void theLargestOneHasTheMostBytes() {
    var key = Four.keys("a").publicKey();
    var set = ValidatorSet.of(List.of(Validator.of(key, ValidatorSet.MAX_TOTAL_POWER)));
    var time = Instant.parse("0001-01-01T00:00:00.999999999Z");
    var pair =
        DuplicateVote.of(largest("one", time), largest("other", time))
            .map(it -> new DuplicateVoteEvidence(it, Integer.MAX_VALUE, Long.MAX_VALUE, 1, time))
            .orElseThrow();
    var ofSet = DuplicateVoteEvidence.of(pair.pair(), set, time);
    var most =
        new DuplicateVoteEvidence(
            pair.pair(), Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, time);

    assertThat(most.encode().length()).isEqualTo(DuplicateVoteEvidence.MAX_BYTES);
    assertThat(ofSet.encode().length()).isLessThanOrEqualTo(DuplicateVoteEvidence.MAX_BYTES);
    assertThat(DuplicateVoteEvidence.decode(most.encode())).contains(most);
    assertThat(DuplicateVoteEvidence.decode(Bytes.wrap(new byte[464]))).isEmpty();
  }

  @Test
  void refusesTheVotesInTheOtherOrder() {
    assertRefused(
        it -> {
          var first = it.getVoteA();
          it.setVoteA(it.getVoteB()).setVoteB(first);
        });
  }

  @Test
  void refusesVotesThatDoNotConflict() {
    assertRefused(it -> it.setVoteB(it.getVoteA()));
    assertRefused(it -> it.setVoteB(it.getVoteB().toBuilder().setRound(3)));
    assertRefused(it -> it.setVoteB(it.getVoteB().toBuilder().setHeight(6)));
    assertRefused(it -> it.setVoteB(it.getVoteB().toBuilder().setType(1)));
  }

  @Test
  void refusesWhatNoVoteOfOursHas() {
    assertRefused(it -> it.setVoteA(it.getVoteA().toBuilder().setType(32)));
    assertRefused(it -> it.setVoteA(it.getVoteA().toBuilder().setValidatorIndex(3)));
    assertRefused(it -> it.setVoteA(it.getVoteA().toBuilder().clearSignature()));
    assertRefused(it -> it.setVoteA(extended(it.getVoteA())).setVoteB(extended(it.getVoteB())));
    assertRefused(it -> it.setValidatorPower(0));
    assertRefused(it -> it.setTotalVotingPower(0));
    assertRefused(it -> it.clearVoteA());
  }

  /** What CometBFT published has neither signatures nor a conflict, so it is no evidence. */
  @Test
  void refusesThePublishedExampleWhichProvesNothing() {
    for (var vector : Vectors.read("wire_messages.json").get("vectors")) {
      if (vector.get("group").asText().equals("evidence")) {
        var published = Bytes.fromHex(vector.get("hex").asText());
        assertThat(DuplicateVoteEvidence.decode(published.slice(6, published.length()))).isEmpty();
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 42})
  void whateverItReadsIsTheOnlyEncodingOfWhatItRead(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      var bytes = EVIDENCE.encode().toArray();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      var mutated = Bytes.wrap(bytes);
      DuplicateVoteEvidence.decode(mutated)
          .ifPresent(it -> assertThat(it.encode()).isEqualTo(mutated));
    }
  }

  @Test
  void oneOffenceHasOneIdWhicheverVotesShowIt() {
    var again =
        DuplicateVote.of(
                Four.signedCommit("a", Four.BLOCK), Four.signedCommit("a", Four.block("third")))
            .orElseThrow();

    assertThat(again.offence().id()).isEqualTo(EVIDENCE.offence().id());
  }

  @Test
  void everyPartOfTheSlotMakesAnotherOffence() {
    var offence = EVIDENCE.offence();
    var others =
        List.of(
            new Offence(Four.id("b"), offence.type(), offence.height(), offence.round()),
            new Offence(offence.validator(), VoteType.PREPARE, offence.height(), offence.round()),
            new Offence(offence.validator(), offence.type(), new Height(6), offence.round()),
            new Offence(offence.validator(), offence.type(), offence.height(), new Round(3)));

    assertThat(others).extracting(Offence::id).doesNotHaveDuplicates().doesNotContain(offence.id());
  }

  /** Frozen: ids stand in stores and in what clients keep. */
  @Test
  void theIdIsAHashOverTagAddressTypeHeightAndRound() {
    var tagged =
        "quorate/offence/v1".chars().mapToObj("%02x"::formatted).reduce("", String::concat) + "00";
    var slot = "02" + "0000000000000005" + "00000002";

    assertThat(EVIDENCE.offence().id())
        .isEqualTo(Hash.sha256(Bytes.fromHex(tagged + Four.id("a").address().hex() + slot)));
  }

  @Test
  void refusesPowersThatCannotBe() {
    assertThatThrownBy(() -> new DuplicateVoteEvidence(PAIR, -1, 4, 1, Four.TIME))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DuplicateVoteEvidence(PAIR, 0, 4, 0, Four.TIME))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DuplicateVoteEvidence(PAIR, 0, 4, 5, Four.TIME))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DuplicateVoteEvidence(PAIR, 0, 4, 1, Instant.MAX))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SignedVote largest(String block, Instant time) {
    var hash = Hash.sha256(Bytes.utf8(block));
    var vote =
        new Vote(
            VoteType.COMMIT,
            new Height(Long.MAX_VALUE),
            new Round(Integer.MAX_VALUE),
            new BlockId(hash, new PartSetHeader(0xffff_ffffL, hash)),
            time,
            Four.id("a"));
    return new SignedVote(vote, Ed25519.INSTANCE.sign(Four.keys("a"), vote.signBytes(Four.CHAIN)));
  }

  private static VoteProto extended(VoteProto vote) {
    return vote.toBuilder().setExtension(ByteString.copyFromUtf8("more")).build();
  }

  private static void assertRefused(Consumer<DuplicateVoteEvidenceProto.Builder> change) {
    try {
      var proto = DuplicateVoteEvidenceProto.parseFrom(EVIDENCE.encode().toArray()).toBuilder();
      change.accept(proto);
      assertThat(DuplicateVoteEvidence.decode(Bytes.wrap(proto.build().toByteArray()))).isEmpty();
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
