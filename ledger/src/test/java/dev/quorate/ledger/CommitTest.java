package dev.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.MerkleTree;
import dev.quorate.crypto.Signature;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommitTest {
  private static final LedgerBlock BLOCK = Four.block(Four.START, "x");
  private static final Commit COMMIT = Four.commit(BLOCK, 3, "a", "b", "d");

  @Test
  void givesEveryValidatorOfTheSetItsPlace() {
    assertThat(COMMIT.signatures()).hasSize(4);
    for (int i = 0; i < 4; i++) {
      var member = Four.SET.members().get(i).id();
      assertThat(COMMIT.signatures().get(i).validator())
          .isEqualTo(member.equals(Four.id("c")) ? Optional.empty() : Optional.of(member));
    }
  }

  @Test
  void becomesTheCertificateThatItWasMadeOf() {
    var certificate = COMMIT.toCertificate(BLOCK.header().time());

    assertThat(certificate.signers()).hasSize(3);
    assertThat(certificate.hasQuorum(Four.SET)).isTrue();
    assertThat(Commit.of(certificate, Four.SET)).isEqualTo(COMMIT);
  }

  @Test
  void decodesWhatItEncodes() {
    assertThat(Commit.decode(COMMIT.encode())).contains(COMMIT);
    assertThat(Commit.decode(Commit.EMPTY.encode())).contains(Commit.EMPTY);
  }

  @Test
  void writesTheBlockIdOfTheEmptyCommit() {
    assertThat(Commit.EMPTY.encode().hex()).isEqualTo("1a021200");
    assertThat(Commit.EMPTY.hash()).isEqualTo(MerkleTree.EMPTY_ROOT);
  }

  @Test
  void writesAnAbsentValidatorWithTheZeroTime() {
    var commit = new Commit(new Height(0), Round.ZERO, BlockId.NONE, List.of(CommitSig.ABSENT));

    assertThat(commit.encode().hex()).isEqualTo("1a021200" + "220f08011a0b088092b8c398feffffff01");
    assertThat(commit.hash())
        .isEqualTo(MerkleTree.leafHash(Bytes.fromHex("08011a0b088092b8c398feffffff01")));
  }

  @Test
  void refusesBytesBehindTheEndAndUnknownFields() {
    var encoded = COMMIT.encode().hex();

    assertThat(Commit.decode(Bytes.fromHex(encoded + "00"))).isEmpty();
    assertThat(Commit.decode(Bytes.fromHex(encoded + "2801"))).isEmpty();
    assertThat(Commit.decode(Bytes.fromHex(encoded.substring(2)))).isEmpty();
    assertThat(Commit.decode(Bytes.EMPTY)).isEmpty();
  }

  @Test
  void countsSignaturesBeforeItMakesRoomForThem() {
    var bytes = new byte[2 * (Commit.MAX_SIGNATURES + 1)];
    for (int i = 0; i < bytes.length; i += 2) {
      bytes[i] = 0x22;
    }

    assertThat(Commit.decode(Bytes.wrap(bytes))).isEmpty();
  }

  @Test
  void refusesAVoteOfNobodyAndAnAbsentValidatorThatVotes() {
    var signature = Optional.of(Signature.UNSIGNED);
    var a = Optional.of(Four.id("a"));
    var zero = CanonicalBytes.ZERO_TIME;

    assertThatThrownBy(
            () -> new CommitSig(CommitSig.Flag.COMMIT, Optional.empty(), zero, signature))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CommitSig(CommitSig.Flag.NIL, a, zero, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CommitSig(CommitSig.Flag.ABSENT, a, zero, signature))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new CommitSig(
                    CommitSig.Flag.ABSENT, Optional.empty(), Instant.EPOCH, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isMadeOfCommitVotesOfMembersOnly() {
    var certificate = COMMIT.toCertificate(BLOCK.header().time());
    var prepared =
        new Certificate(
            VoteType.PREPARE,
            certificate.height(),
            certificate.round(),
            certificate.blockId(),
            certificate.timestamp(),
            certificate.signers());
    var others = ValidatorSet.of(List.of(Validator.of(Four.keys("e").publicKey(), 1)));

    assertThatThrownBy(() -> Commit.of(prepared, Four.SET))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Commit.of(certificate, others))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void holdsAtMostTenThousandPlaces() {
    var places = Collections.nCopies(Commit.MAX_SIGNATURES + 1, CommitSig.ABSENT);

    assertThatThrownBy(() -> new Commit(new Height(1), Round.ZERO, BlockId.NONE, places))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
