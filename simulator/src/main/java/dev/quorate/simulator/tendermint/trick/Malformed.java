package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteCodec;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.core.vote.proto.CertificateProto;
import dev.quorate.consensus.core.vote.proto.SignedVoteProto;
import dev.quorate.consensus.core.vote.proto.SignerProto;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.consensus.tendermint.proto.JustificationProto;
import dev.quorate.consensus.tendermint.proto.ProposalMessageProto;
import dev.quorate.consensus.tendermint.proto.StatusProto;
import dev.quorate.consensus.tendermint.proto.TendermintMessageProto;
import dev.quorate.crypto.Bytes;
import java.util.List;

/**
 * Says beside everything what no message can hold, with valid signatures where there is one: a
 * valid round that is not below the round, one signer twice, votes of two rounds that justify one,
 * a certificate for nil, votes of a third kind, negative and unknown numbers.
 */
final class Malformed extends TendermintTrick {
  Malformed() {
    super("what no message can hold");
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    tongue.say(to, message);
    if (tongue.isOwn(message)) {
      if (message instanceof Proposal it) {
        say(tongue, proposal(it, tongue));
      } else if (message instanceof Prevote(var vote)) {
        say(tongue, about(vote, tongue));
      } else if (message instanceof Precommit(var vote)) {
        say(tongue, about(vote, tongue));
      }
    }
  }

  private static void say(Tongue tongue, TendermintMessageProto.Builder message) {
    tongue.sayToAll(Bytes.wrap(message.build().toByteArray()));
  }

  /** The valid round is the round itself, or a later one. */
  private static TendermintMessageProto.Builder proposal(Proposal it, Tongue tongue) {
    int round = it.round().value();
    int validRound = round + tongue.chance().below(3);
    var block = it.block();
    var signBytes =
        CanonicalBytes.proposal(
            it.height(),
            it.round(),
            validRound,
            block.id(),
            block.time(),
            tongue.means().genesis().chainId());
    var signature = tongue.means().sign(tongue.self(), signBytes);
    return TendermintMessageProto.newBuilder()
        .setProposal(
            ProposalMessageProto.newBuilder()
                .setRound(round)
                .setValidRoundPlusOne(validRound + 1)
                .setProposer(VoteCodec.toProto(it.proposer().address()))
                .setSignature(VoteCodec.toProto(signature.bytes()))
                .setBlock(VoteCodec.toProto(block.body().encoded())));
  }

  private static TendermintMessageProto.Builder about(SignedVote signed, Tongue tongue) {
    var vote = VoteCodec.toProto(signed);
    var message = TendermintMessageProto.newBuilder();
    return switch (tongue.chance().below(7)) {
      case 0 -> message.setCertificate(twice(signed));
      case 1 -> message.setCertificate(certificate(signed).clearBlockId());
      case 2 -> message.setJustification(justification(vote, vote));
      case 3 -> message.setJustification(justification(vote, ofNextRound(signed, tongue)));
      case 4 -> message.setJustification(JustificationProto.getDefaultInstance());
      case 5 -> message.setVote(vote.toBuilder().setType(32));
      default -> message.setStatus(StatusProto.newBuilder().setHeight(-1).setRound(-1).setStep(4));
    };
  }

  private static CertificateProto twice(SignedVote signed) {
    var once = certificate(signed);
    return once.addSigners(once.getSigners(0)).build();
  }

  /** Nil has no certificate: only here can it be told. */
  private static CertificateProto.Builder certificate(SignedVote signed) {
    var vote = VoteCodec.toProto(signed);
    return CertificateProto.newBuilder()
        .setType(vote.getType())
        .setHeight(vote.getHeight())
        .setRound(vote.getRound())
        .setBlockId(vote.getBlockId())
        .setTimestamp(vote.getTimestamp())
        .addSigners(
            SignerProto.newBuilder()
                .setValidator(vote.getValidator())
                .setSignature(vote.getSignature()));
  }

  private static SignedVoteProto ofNextRound(SignedVote signed, Tongue tongue) {
    var vote = VoteCodec.toProto(tongue.same(signed.vote(), VoteType.COMMIT, tongue.self()));
    return vote.toBuilder().setRound(signed.vote().round().value() + 1).build();
  }

  private static JustificationProto justification(SignedVoteProto one, SignedVoteProto other) {
    return JustificationProto.newBuilder().addVotes(one).addVotes(other).build();
  }
}
