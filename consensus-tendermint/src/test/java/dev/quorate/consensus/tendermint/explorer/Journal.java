package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
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

  void event(int validator, Event<TendermintMessage> event) {
    var words =
        switch (event) {
          case Event.Received<TendermintMessage>(var signed, _) ->
              cast.nameOf(signed.from()) + "'s " + words(signed.message());
          case Event.BlockBuilt<TendermintMessage>(_, var block) ->
              "built " + block.map(Blocks::name).orElse("nothing");
          case Event.BlockChecked<TendermintMessage>(var id, var verdict) ->
              "checked " + Blocks.name(id) + " " + verdict;
          case Event.BlockArrived<TendermintMessage>(var block) -> "body of " + Blocks.name(block);
          case Event.Synced<TendermintMessage>(var block, var commit) ->
              "synced " + Blocks.name(block) + " " + words(commit);
          case Event.TimerFired<TendermintMessage>(var timer) -> timer + " is over";
          case Event.WorkPending<TendermintMessage>(var work) -> work.pickable() + " wait";
          case Event.Started<TendermintMessage> _ -> "starts";
          case Event.PeerConnected<TendermintMessage> _ -> "a peer connects";
          case Event.SignRefused<TendermintMessage> _ -> "refused";
        };
    note(cast.nameOf(validator) + " <- " + words);
  }

  void effect(Effect<TendermintMessage> effect) {
    var words =
        switch (effect) {
          case Effect.Broadcast<TendermintMessage>(var message) -> "says " + words(message);
          case Effect.Send<TendermintMessage>(var to, var message) ->
              "tells " + cast.nameOf(to) + " " + words(message);
          case Effect.Commit<TendermintMessage>(var block, var commit) ->
              "DECIDES " + Blocks.name(block) + " " + words(commit);
          case Effect.Store<TendermintMessage>(var block) -> "stores " + Blocks.name(block);
          case Effect.FetchBlock<TendermintMessage>(var id, _, _) -> "fetches " + Blocks.name(id);
          case Effect.Ignored<TendermintMessage>(_, var reason) -> "ignores: " + reason;
          case Effect.Halt<TendermintMessage>(var reason) -> "HALTS: " + reason;
          case Effect.StartTimer<TendermintMessage>(var timer, _) -> "starts " + timer;
          case Effect.Persist<TendermintMessage> _,
              Effect.CancelTimer<TendermintMessage> _,
              Effect.BuildBlock<TendermintMessage> _,
              Effect.CheckBlock<TendermintMessage> _,
              Effect.FetchCommitted<TendermintMessage> _,
              Effect.Accuse<TendermintMessage> _ ->
              "";
        };
    if (!words.isEmpty()) {
      note("     " + words);
    }
  }

  private String words(TendermintMessage message) {
    return switch (message) {
      case Proposal it ->
          "PROPOSAL r%s %s%s"
              .formatted(
                  it.round(),
                  Blocks.name(it.block()),
                  it.validRound().map(valid -> " valid r" + valid).orElse(""));
      case Prevote(var vote) -> words(vote);
      case Precommit(var vote) -> words(vote);
      case CertificateMessage(var certificate) -> words(certificate);
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

  private String words(Certificate certificate) {
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

  @Override
  public String toString() {
    return lines.toString();
  }
}
