package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.explorer.Blocks;
import dev.quorate.explorer.Cast;
import dev.quorate.explorer.Words;
import java.util.stream.Collectors;

/** Tendermint's messages in words. */
final class TendermintWords implements Words<TendermintMessage> {
  private final Cast cast;

  TendermintWords(Cast cast) {
    this.cast = cast;
  }

  @Override
  public String of(TendermintMessage message) {
    return switch (message) {
      case Proposal it ->
          "PROPOSAL r%s %s%s"
              .formatted(
                  it.round(),
                  Blocks.name(it.block()),
                  it.validRound().map(valid -> " valid r" + valid).orElse(""));
      case Prevote(var vote) -> words(vote);
      case Precommit(var vote) -> words(vote);
      case CertificateMessage(var certificate) -> of(certificate);
      case Justification(var votes) ->
          votes.stream().map(this::words).collect(Collectors.joining("; ", "JUSTIFIED by ", ""));
      case Status it -> "STATUS h" + it.height() + " r" + it.round();
    };
  }

  private String words(SignedVote signed) {
    var vote = signed.vote();
    return "%s h%s r%s %s by %s"
        .formatted(
            phase(vote.type()),
            vote.height(),
            vote.round(),
            vote.blockId().isNone() ? "nil" : Blocks.name(vote.blockId()),
            cast.nameOf(vote.validator()));
  }

  @Override
  public String of(Certificate certificate) {
    return "%ss r%s %s by %s"
        .formatted(
            phase(certificate.type()),
            certificate.round(),
            Blocks.name(certificate.blockId()),
            certificate.signers().stream()
                .map(it -> cast.nameOf(it.validator()))
                .collect(Collectors.joining(",")));
  }

  private static String phase(VoteType type) {
    return switch (type) {
      case PREPARE -> "PREVOTE";
      case COMMIT -> "PRECOMMIT";
    };
  }
}
