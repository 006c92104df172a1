package dev.quorate.consensus.pbft.explorer;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
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
import java.util.stream.Collectors;

/** A trace in words, one line an event and one an effect. */
final class Journal {
  private final Cast cast;
  private final StringBuilder lines = new StringBuilder();

  Journal(Cast cast) {
    this.cast = cast;
    lines.append(cast).append('\n');
  }

  void note(String line) {
    lines.append(line).append('\n');
  }

  void event(int validator, Event<PbftMessage> event) {
    var words =
        switch (event) {
          case Event.Received<PbftMessage>(var signed, var at) ->
              cast.nameOf(signed.from()) + "'s " + words(signed.message());
          case Event.BlockBuilt<PbftMessage>(var ticket, var block) ->
              "built " + block.map(Blocks::name).orElse("nothing");
          case Event.BlockChecked<PbftMessage>(var id, var verdict) ->
              "checked " + Blocks.name(id) + " " + verdict;
          case Event.BlockArrived<PbftMessage>(var block) -> "body of " + Blocks.name(block);
          case Event.Synced<PbftMessage>(var block, var commit) ->
              "synced " + Blocks.name(block) + " " + words(commit);
          case Event.TimerFired<PbftMessage>(var timer) -> timer + " is over";
          case Event.WorkPending<PbftMessage> work -> "work waits";
          case Event.Started<PbftMessage> started -> "starts";
          case Event.PeerConnected<PbftMessage> connected -> "a peer connects";
          case Event.SignRefused<PbftMessage> refused -> "refused";
        };
    note(cast.nameOf(validator) + " <- " + words);
  }

  void effect(Effect<PbftMessage> effect) {
    var words =
        switch (effect) {
          case Effect.Broadcast<PbftMessage>(var message) -> "says " + words(message);
          case Effect.Send<PbftMessage>(var to, var message) ->
              "tells " + cast.nameOf(to) + " " + words(message);
          case Effect.Commit<PbftMessage>(var block, var commit) ->
              "DELIVERS " + Blocks.name(block) + " " + words(commit);
          case Effect.Store<PbftMessage>(var block) -> "stores " + Blocks.name(block);
          case Effect.FetchBlock<PbftMessage>(var id, var height, var hint) ->
              "fetches " + Blocks.name(id);
          case Effect.Ignored<PbftMessage>(var from, var reason) -> "ignores: " + reason;
          case Effect.Halt<PbftMessage>(var reason) -> "HALTS: " + reason;
          case Effect.Persist<PbftMessage> it -> "";
          case Effect.StartTimer<PbftMessage> it -> "";
          case Effect.CancelTimer<PbftMessage> it -> "";
          case Effect.BuildBlock<PbftMessage> it -> "";
          case Effect.CheckBlock<PbftMessage> it -> "";
          case Effect.FetchCommitted<PbftMessage> it -> "";
          case Effect.Accuse<PbftMessage> it -> "";
        };
    if (!words.isEmpty()) {
      note("     " + words);
    }
  }

  private String words(PbftMessage message) {
    return switch (message) {
      case PrePrepare(var block, var vote) ->
          "PRE-PREPARE v" + vote.vote().round() + " " + Blocks.name(block);
      case Prepare(var vote) -> words(vote);
      case Commit(var vote) -> words(vote);
      case CertificateMessage(var certificate) -> words(certificate);
      case Status it -> "STATUS v" + it.view() + " h" + it.committed();
      case Complain it -> "COMPLAIN v" + it.view() + " " + it.reason();
      case Conflict(var one, var other) -> "CONFLICT " + words(one) + ", " + words(other);
      case ViewChange it -> words(it.claim());
      case NewView it ->
          "NEW-VIEW v"
              + it.view()
              + " on "
              + it.certificate().map(this::words).orElse("genesis")
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

  private String words(Certificate certificate) {
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

  @Override
  public String toString() {
    return lines.toString();
  }
}
