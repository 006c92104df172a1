package dev.quorate.consensus.tendermint.message;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.quorate.consensus.core.BlockReader;
import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteCodec;
import dev.quorate.consensus.core.vote.proto.SignedVoteProto;
import dev.quorate.consensus.tendermint.proto.JustificationProto;
import dev.quorate.consensus.tendermint.proto.ProposalMessageProto;
import dev.quorate.consensus.tendermint.proto.StatusProto;
import dev.quorate.consensus.tendermint.proto.TendermintMessageProto;
import dev.quorate.crypto.Bytes;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The wire format of {@link TendermintMessage}. Only the canonical encoding is accepted: what was
 * decoded is encoded again and must give the same bytes.
 */
public final class TendermintCodec implements MessageCodec<TendermintMessage> {
  private final BlockReader blocks;

  public TendermintCodec(BlockReader blocks) {
    this.blocks = blocks;
  }

  @Override
  public Bytes encode(TendermintMessage message) {
    var proto = TendermintMessageProto.newBuilder();
    switch (message) {
      case Proposal proposal -> proto.setProposal(toProto(proposal));
      case Prevote(var vote) -> proto.setVote(VoteCodec.toProto(vote));
      case Precommit(var vote) -> proto.setVote(VoteCodec.toProto(vote));
      case CertificateMessage(var certificate) ->
          proto.setCertificate(VoteCodec.toProto(certificate));
      case Justification justification -> proto.setJustification(toProto(justification));
      case Status status -> proto.setStatus(toProto(status));
    }
    return Bytes.wrap(proto.build().toByteArray());
  }

  @Override
  public Decoded<TendermintMessage> decode(Bytes encoded) {
    TendermintMessageProto proto;
    try {
      proto = TendermintMessageProto.parseFrom(encoded.asBuffer());
    } catch (InvalidProtocolBufferException malformed) {
      return new Decoded.Malformed<>("not a Tendermint message");
    }
    var message = fromProto(proto);
    if (message.isEmpty()) {
      return new Decoded.Malformed<>("an impossible " + proto.getKindCase());
    }
    if (!encode(message.get()).equals(encoded)) {
      return new Decoded.Malformed<>("not the canonical encoding of a " + proto.getKindCase());
    }
    return new Decoded.Ok<>(message.get());
  }

  private Optional<TendermintMessage> fromProto(TendermintMessageProto proto) {
    try {
      return switch (proto.getKindCase()) {
        case PROPOSAL -> proposal(proto.getProposal());
        case VOTE -> VoteCodec.fromProto(proto.getVote()).map(TendermintCodec::vote);
        case CERTIFICATE ->
            VoteCodec.fromProto(proto.getCertificate()).map(CertificateMessage::new);
        case JUSTIFICATION -> fromProto(proto.getJustification()).map(it -> it);
        case STATUS -> status(proto.getStatus());
        case KIND_NOT_SET -> Optional.empty();
      };
    } catch (IllegalArgumentException refusedByAValue) {
      return Optional.empty();
    }
  }

  private static ProposalMessageProto toProto(Proposal proposal) {
    return ProposalMessageProto.newBuilder()
        .setRound(proposal.round().value())
        .setValidRoundPlusOne(plusOne(proposal.validRound()))
        .setProposer(VoteCodec.toProto(proposal.proposer().address()))
        .setSignature(VoteCodec.toProto(proposal.signature().bytes()))
        .setBlock(VoteCodec.toProto(proposal.block().body().encoded()))
        .build();
  }

  private Optional<TendermintMessage> proposal(ProposalMessageProto proto) {
    var round = new Round(proto.getRound());
    var validRound = minusOne(proto.getValidRoundPlusOne());
    var proposer = VoteCodec.validator(proto.getProposer());
    var signature = VoteCodec.signature(proto.getSignature());
    if (proposer.isEmpty() || signature.isEmpty()) {
      return Optional.empty();
    }
    return blocks
        .read(Bytes.copyOf(proto.getBlock().asReadOnlyByteBuffer()))
        .map(block -> new Proposal(block, round, validRound, proposer.get(), signature.get()));
  }

  private static TendermintMessage vote(SignedVote vote) {
    return switch (vote.vote().type()) {
      case PREPARE -> new Prevote(vote);
      case COMMIT -> new Precommit(vote);
    };
  }

  /** Also stands in the saved state. */
  public static JustificationProto toProto(Justification justification) {
    var proto = JustificationProto.newBuilder();
    justification.votes().forEach(it -> proto.addVotes(VoteCodec.toProto(it)));
    return proto.build();
  }

  /** Empty for a vote out of range and for too many; refuses votes that do not belong together. */
  public static Optional<Justification> fromProto(JustificationProto proto) {
    if (proto.getVotesCount() > VoteCodec.MAX_SIGNERS) {
      return Optional.empty();
    }
    var votes = new ArrayList<SignedVote>(proto.getVotesCount());
    for (SignedVoteProto vote : proto.getVotesList()) {
      var read = VoteCodec.fromProto(vote);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      votes.add(read.get());
    }
    return Optional.of(new Justification(votes));
  }

  private static StatusProto toProto(Status status) {
    return StatusProto.newBuilder()
        .setHeight(status.height().value())
        .setRound(status.round().value())
        .setStep(status.step().code())
        .setProposal(status.proposal())
        .build();
  }

  private static Optional<TendermintMessage> status(StatusProto proto) {
    var height = new Height(proto.getHeight());
    var round = new Round(proto.getRound());
    return Step.ofCode(proto.getStep())
        .map(step -> new Status(height, round, step, proto.getProposal()));
  }

  /** A round that may be none, as a number from 0. */
  public static int plusOne(Optional<Round> round) {
    return round.map(it -> it.value() + 1).orElse(0);
  }

  /** The other way round; refuses what {@link #plusOne} never gives. */
  public static Optional<Round> minusOne(int number) {
    return number == 0 ? Optional.empty() : Optional.of(new Round(number - 1));
  }
}
