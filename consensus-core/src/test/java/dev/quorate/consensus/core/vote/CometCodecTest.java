package dev.quorate.consensus.core.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import dev.quorate.consensus.core.Four;
import dev.quorate.consensus.core.Vectors;
import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.proto.DuplicateVoteEvidenceProto;
import dev.quorate.consensus.core.vote.proto.ProposalProto;
import dev.quorate.consensus.core.vote.proto.VoteProto;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CometCodecTest {
  private static final Bytes ASCII = Bytes.utf8("add_more_exclamation_marks_code-");
  private static final BlockId CONSENSUS_BLOCK =
      new BlockId(Hash.copyOf(ASCII), new PartSetHeader(1, Hash.copyOf(ASCII)));
  private static final ValidatorId CONSENSUS_VALIDATOR = new ValidatorId(ASCII.slice(0, 20));
  private static final Instant CONSENSUS_TIME = Instant.parse("2018-08-30T12:00:00Z");

  private static final BlockId PRIVVAL_BLOCK =
      new BlockId(
          Hash.sha256(Bytes.utf8("blockID_hash")),
          new PartSetHeader(1_000_000, Hash.sha256(Bytes.utf8("blockID_part_set_header_hash"))));
  private static final ValidatorId PRIVVAL_VALIDATOR =
      new ValidatorId(Hash.sha256(Bytes.utf8("validator_address")).bytes().slice(0, 20));
  private static final Instant PRIVVAL_TIME = Instant.parse("2019-10-13T16:14:44Z");

  @Test
  void encodesThePublishedVotes() {
    var vote =
        CometCodec.voteProto(
            2,
            new Height(1),
            Round.ZERO,
            CONSENSUS_BLOCK,
            CONSENSUS_TIME,
            CONSENSUS_VALIDATOR,
            1,
            Bytes.EMPTY);
    var extended = vote.toBuilder().setExtension(ByteString.copyFromUtf8("extension")).build();

    assertThat(wrapped(vote, 1, 6)).isEqualTo(published("consensus", "Vote_without_ext"));
    assertThat(wrapped(extended, 1, 6)).isEqualTo(published("consensus", "Vote_with_ext"));
  }

  @Test
  void encodesThePublishedVotesOfARemoteSigner() {
    var vote =
        CometCodec.voteProto(
                2,
                new Height(3),
                new Round(2),
                PRIVVAL_BLOCK,
                PRIVVAL_TIME,
                PRIVVAL_VALIDATOR,
                56_789,
                Bytes.EMPTY)
            .toBuilder()
            .setExtension(ByteString.copyFromUtf8("extension"))
            .build();

    assertThat(wrapped(vote, 1, 3)).isEqualTo(published("privval", "Vote Request"));
    assertThat(wrapped(vote, 1, 4)).isEqualTo(published("privval", "Vote Response"));
  }

  @Test
  void alwaysWritesBlockIdAndTime() {
    var vote =
        VoteProto.newBuilder()
            .setBlockId(CanonicalBytes.blockId(BlockId.NONE))
            .setTimestamp(CanonicalBytes.timestamp(CanonicalBytes.ZERO_TIME))
            .build();
    var proposal =
        CometCodec.proposalProto(
            0, new Height(0), Round.ZERO, 0, BlockId.NONE, CanonicalBytes.ZERO_TIME, Bytes.EMPTY);

    assertThat(published("privval", "Vote Response with error")).contains(wrapped(vote, 1));
    assertThat(published("privval", "Proposal Response with error")).contains(wrapped(proposal, 1));
  }

  @Test
  void encodesThePublishedProposals() {
    var consensus =
        CometCodec.proposal(
            new Height(1),
            new Round(1),
            1,
            CONSENSUS_BLOCK,
            CONSENSUS_TIME,
            Bytes.utf8("add_more_exclamation"));
    var privval =
        CometCodec.proposalProto(
            1,
            new Height(3),
            new Round(2),
            2,
            PRIVVAL_BLOCK,
            PRIVVAL_TIME,
            Bytes.utf8("it's a signature"));

    assertThat(wrapped(consensus, 1, 3)).isEqualTo(published("consensus", "Proposal"));
    assertThat(wrapped(privval, 1, 5)).isEqualTo(published("privval", "Proposal Request"));
    assertThat(wrapped(privval, 1, 6)).isEqualTo(published("privval", "Proposal Response"));
  }

  @Test
  void encodesThePublishedBlockIds() {
    var blockId = wrapped(CanonicalBytes.blockId(CONSENSUS_BLOCK), 4);

    assertThat(published("consensus", "VoteSetMaj23")).endsWith(blockId);
    assertThat(published("consensus", "VoteSetBits")).contains(blockId);
  }

  @Test
  void encodesThePublishedEvidence() {
    var time = Instant.parse("2017-12-25T03:00:01.234Z");
    var votes =
        List.of(2, 1).stream()
            .map(
                type ->
                    CometCodec.voteProto(
                        type,
                        new Height(3),
                        new Round(2),
                        PRIVVAL_BLOCK,
                        time,
                        PRIVVAL_VALIDATOR,
                        56_789,
                        Bytes.EMPTY))
            .toList();

    DuplicateVoteEvidenceProto evidence =
        CometCodec.evidenceProto(
            votes.get(0), votes.get(1), 10, 10, Instant.parse("2019-01-01T00:00:00Z"));

    assertThat(wrapped(evidence, 1, 1)).isEqualTo(published("evidence", "DuplicateVoteEvidence"));
  }

  @Test
  void putsIndexAndPowersOfTheSetIntoEvidence() throws Exception {
    var validators =
        ValidatorSet.of(
            List.of(
                Validator.of(Four.keys("a").publicKey(), 3),
                Validator.of(Four.keys("b").publicKey(), 7)));
    var one = Four.signedCommit("a", Four.BLOCK);
    var pair = DuplicateVote.of(one, Four.signedCommit("a", Four.OTHER_BLOCK)).orElseThrow();

    var encoded = DuplicateVoteEvidence.of(pair, validators, Four.TIME).encode();

    var evidence = DuplicateVoteEvidenceProto.parseFrom(encoded.toArray());
    assertThat(evidence.getTotalVotingPower()).isEqualTo(10);
    assertThat(evidence.getValidatorPower()).isEqualTo(3);
    assertThat(evidence.getVoteA()).isEqualTo(CometCodec.voteProto(pair.first(), 1));
    assertThat(evidence.getVoteB()).isEqualTo(CometCodec.voteProto(pair.second(), 1));
    assertThat(CometCodec.vote(one, 1).toArray())
        .isEqualTo(CometCodec.voteProto(one, 1).toByteArray());
  }

  @Test
  void refusesEvidenceAgainstAStranger() {
    var pair =
        DuplicateVote.of(
                Four.signedCommit("z", Four.BLOCK), Four.signedCommit("z", Four.OTHER_BLOCK))
            .orElseThrow();

    assertThatThrownBy(() -> DuplicateVoteEvidence.of(pair, Four.SET, Four.TIME))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    var proposal =
        CometCodec.proposal(new Height(1), Round.ZERO, -1, Four.BLOCK, Four.TIME, Bytes.EMPTY);

    assertThat(ProposalProto.parseFrom(proposal.toArray()).getPolRound()).isEqualTo(-1);
  }

  private static String published(String group, String name) {
    for (var vector : Vectors.read("wire_messages.json").get("vectors")) {
      if (vector.get("group").asText().equals(group) && vector.get("name").asText().equals(name)) {
        return vector.get("hex").asText();
      }
    }
    throw new IllegalArgumentException(group + " " + name);
  }

  /** In hexadecimal, inside messages that have nothing but it, in these fields, innermost first. */
  private static String wrapped(MessageLite message, int... fields) {
    return wrapped(Bytes.wrap(message.toByteArray()), fields);
  }

  private static String wrapped(Bytes message, int... fields) {
    var bytes = message.toArray();
    for (int field : fields) {
      var content =
          UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFrom(bytes));
      bytes = UnknownFieldSet.newBuilder().addField(field, content.build()).build().toByteArray();
    }
    return Bytes.wrap(bytes).hex();
  }
}
