package dev.quorate.consensus.core.vote;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.quorate.consensus.core.Four;
import dev.quorate.consensus.core.vote.proto.BlockIdProto;
import dev.quorate.consensus.core.vote.proto.CertificateProto;
import dev.quorate.consensus.core.vote.proto.PartSetHeaderProto;
import dev.quorate.consensus.core.vote.proto.SignedVoteProto;
import dev.quorate.consensus.core.vote.proto.SignerProto;
import dev.quorate.consensus.core.vote.proto.TimestampProto;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoteCodecTest {
  private final SignedVote vote = Four.signedCommit("a", Four.BLOCK);
  private final SignedVoteProto proto = VoteCodec.toProto(vote);
  private final Certificate certificate =
      new Certificate(
          VoteType.COMMIT,
          new Height(5),
          new Round(2),
          Four.BLOCK,
          Four.TIME,
          List.of(signer("a"), signer("b"), signer("c")));

  @Test
  void readsBackTheVoteThatItWrote() throws Exception {
    var nil =
        new Vote(
            VoteType.PREPARE,
            new Height(Long.MAX_VALUE),
            new Round(Integer.MAX_VALUE),
            BlockId.NONE,
            CanonicalBytes.ZERO_TIME,
            Four.id("d"));

    for (var one : List.of(vote, SignedVote.unsigned(vote.vote()), SignedVote.unsigned(nil))) {
      var parsed = SignedVoteProto.parseFrom(VoteCodec.toProto(one).toByteArray());
      assertThat(VoteCodec.fromProto(parsed)).contains(one);
    }
  }

  @Test
  void readsBackTheCertificateThatItWrote() throws Exception {
    var bytes = VoteCodec.toProto(certificate).toByteArray();

    assertThat(VoteCodec.fromProto(CertificateProto.parseFrom(bytes))).contains(certificate);
  }

  @Test
  void readsNoVoteOfAnUnknownType() {
    assertRefused(proto.toBuilder().setType(0));
    assertRefused(proto.toBuilder().setType(3));
    assertRefused(proto.toBuilder().setType(32));
    assertRefused(proto.toBuilder().setType(-1));
  }

  @Test
  void readsNoVoteOfANegativeHeightOrRound() {
    assertRefused(proto.toBuilder().setHeight(-1));
    assertRefused(proto.toBuilder().setHeight(Long.MIN_VALUE));
    assertRefused(proto.toBuilder().setRound(-1));
  }

  @Test
  void readsNoVoteWithAnAddressOrSignatureOfAnotherLength() {
    assertRefused(proto.toBuilder().clearValidator());
    assertRefused(proto.toBuilder().setValidator(ByteString.copyFrom(new byte[19])));
    assertRefused(proto.toBuilder().setValidator(ByteString.copyFrom(new byte[21])));
    assertRefused(proto.toBuilder().clearSignature());
    assertRefused(proto.toBuilder().setSignature(ByteString.copyFrom(new byte[63])));
    assertRefused(proto.toBuilder().setSignature(ByteString.copyFrom(new byte[65])));
  }

  @Test
  void readsNoVoteOfAnImpossibleTime() {
    var time = proto.getTimestamp();

    assertRefused(proto.toBuilder().setTimestamp(time.toBuilder().setNanos(-1)));
    assertRefused(proto.toBuilder().setTimestamp(time.toBuilder().setNanos(1_000_000_000)));
    assertRefused(proto.toBuilder().setTimestamp(time.toBuilder().setSeconds(-62_135_596_801L)));
    assertRefused(proto.toBuilder().setTimestamp(time.toBuilder().setSeconds(253_402_300_800L)));
    assertRefused(proto.toBuilder().setTimestamp(time.toBuilder().setSeconds(Long.MAX_VALUE)));
    assertThat(VoteCodec.fromProto(TimestampProto.getDefaultInstance())).contains(Instant.EPOCH);
  }

  @Test
  void readsNoNilVoteWithTheTimeOfABlock() {
    assertRefused(proto.toBuilder().clearBlockId());
  }

  @Test
  void readsABlockIdOnlyWhole() {
    var whole = proto.getBlockId();
    var parts = whole.getPartSetHeader();

    assertThat(VoteCodec.fromProto(whole)).contains(Four.BLOCK);
    assertThat(VoteCodec.fromProto(BlockIdProto.getDefaultInstance())).contains(BlockId.NONE);
    assertRefused(whole.toBuilder().clearHash());
    assertRefused(whole.toBuilder().setHash(ByteString.copyFrom(new byte[31])));
    assertRefused(whole.toBuilder().clearPartSetHeader());
    assertRefused(whole.toBuilder().setPartSetHeader(parts.toBuilder().clearTotal()));
    assertRefused(whole.toBuilder().setPartSetHeader(parts.toBuilder().clearHash()));
    assertRefused(
        BlockIdProto.newBuilder().setPartSetHeader(PartSetHeaderProto.newBuilder().setTotal(1)));
  }

  @Test
  void readsTheLargestNumberOfParts() {
    var id = new BlockId(Hash.sha256(), new PartSetHeader(0xffff_ffffL, Hash.sha256()));

    assertThat(VoteCodec.fromProto(VoteCodec.toProto(id))).contains(id);
  }

  @Test
  void readsNoCertificateThatCountsAValidatorTwice() {
    var proto = VoteCodec.toProto(certificate);

    assertRefused(proto.toBuilder().addSigners(proto.getSigners(0)));
    assertRefused(
        proto.toBuilder()
            .addSigners(
                proto.getSigners(1).toBuilder()
                    .setSignature(ByteString.copyFrom(new byte[Signature.SIZE]))));
  }

  @Test
  void readsNoCertificateForNoBlockOrOfNoSigners() {
    var proto = VoteCodec.toProto(certificate);

    assertRefused(proto.toBuilder().clearBlockId());
    assertRefused(proto.toBuilder().clearSigners());
    assertRefused(proto.toBuilder().setType(7));
    assertRefused(proto.toBuilder().setHeight(-5));
    assertRefused(proto.toBuilder().setRound(-5));
    assertRefused(proto.toBuilder().addSigners(SignerProto.getDefaultInstance()));
    assertRefused(
        proto.toBuilder().setTimestamp(TimestampProto.newBuilder().setSeconds(Long.MIN_VALUE)));
  }

  @Test
  void readsNoCertificateOfMoreSignersThanThereCanBe() {
    var proto = VoteCodec.toProto(certificate).toBuilder().clearSigners();
    for (int i = 0; i <= VoteCodec.MAX_SIGNERS; i++) {
      var address = Hash.sha256(Bytes.utf8("validator " + i)).toArray();
      proto.addSigners(
          SignerProto.newBuilder()
              .setValidator(ByteString.copyFrom(address, 0, 20))
              .setSignature(ByteString.copyFrom(new byte[Signature.SIZE])));
    }

    assertRefused(proto);
    assertThat(VoteCodec.fromProto(proto.removeSigners(0).build())).isPresent();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 42})
  void readsMutilatedBytesWithoutThrowing(long seed) {
    var random = new Random(seed);
    var bytes = VoteCodec.toProto(certificate).toByteArray();
    for (int i = 0; i < 2000; i++) {
      var mutilated = Arrays.copyOf(bytes, bytes.length - random.nextInt(4));
      for (int n = random.nextInt(4); n >= 0; n--) {
        mutilated[random.nextInt(mutilated.length)] ^= (byte) (1 << random.nextInt(8));
      }
      var read = parse(mutilated).flatMap(VoteCodec::fromProto);

      read.ifPresent(it -> assertThat(VoteCodec.fromProto(VoteCodec.toProto(it))).contains(it));
    }
  }

  private static Optional<CertificateProto> parse(byte[] bytes) {
    try {
      return Optional.of(CertificateProto.parseFrom(bytes));
    } catch (InvalidProtocolBufferException noProtobuf) {
      return Optional.empty();
    }
  }

  private static void assertRefused(SignedVoteProto.Builder proto) {
    assertThat(VoteCodec.fromProto(proto.build())).isEmpty();
  }

  private static void assertRefused(CertificateProto.Builder proto) {
    assertThat(VoteCodec.fromProto(proto.build())).isEmpty();
  }

  private static void assertRefused(BlockIdProto.Builder proto) {
    assertThat(VoteCodec.fromProto(proto.build())).isEmpty();
  }

  private static Certificate.Signer signer(String name) {
    return new Certificate.Signer(Four.id(name), Four.signedCommit(name, Four.BLOCK).signature());
  }
}
