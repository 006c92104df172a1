package dev.quorate.consensus.pbft.explorer;

import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.explorer.Blocks;
import dev.quorate.explorer.Cast;
import dev.quorate.explorer.Words;
import java.util.stream.Collectors;

/** PBFT's messages in words. */
final class PbftWords implements Words<PbftMessage> {
  private final Cast cast;

  PbftWords(Cast cast) {
    this.cast = cast;
  }

  @Override
  public String of(PbftMessage message) {
    return switch (message) {
      case PrePrepare(var block, var vote) ->
          "PRE-PREPARE v" + vote.vote().round() + " " + Blocks.name(block);
      case Prepare(var vote) -> words(vote);
      case Commit(var vote) -> words(vote);
      case CertificateMessage(var certificate) -> of(certificate);
      case Status it -> "STATUS v" + it.view() + " h" + it.committed();
      case Complain it -> "COMPLAIN v" + it.view() + " " + it.reason();
      case Conflict(var one, var other) -> "CONFLICT " + words(one) + ", " + words(other);
      case ViewChange it -> words(it.claim());
      case NewView it ->
          "NEW-VIEW v"
              + it.view()
              + " on "
              + it.certificate().map(this::of).orElse("genesis")
              + it.claims().stream()
                  .map(claim -> words(claim.claim()))
                  .collect(Collectors.joining("; ", " from (", ")"))
              + it.tip().map(tip -> " with tip").orElse("");
    };
  }

  private String words(Claim claim) {
    return "VIEW-CHANGE v%s of %s, high %s, delivered h%s"
        .formatted(
            claim.newView(),
            cast.nameOf(claim.claimant()),
            claim
                .high()
                .map(it -> it.type() + " v" + it.view() + " " + name(it.block()))
                .orElse("none"),
            claim.committed().height());
  }

  private String words(SignedVote signed) {
    var vote = signed.vote();
    return "%s v%s %s@h%s"
        .formatted(vote.type(), vote.round(), Blocks.name(vote.blockId()), vote.height());
  }

  @Override
  public String of(Certificate certificate) {
    return "certificate %s v%s %s by %s"
        .formatted(
            certificate.type(),
            certificate.round(),
            name(BlockRef.of(certificate)),
            certificate.signers().stream()
                .map(it -> cast.nameOf(it.validator()))
                .collect(Collectors.joining(",")));
  }

  private static String name(BlockRef ref) {
    return Blocks.name(ref.id()) + "@h" + ref.height();
  }
}
