package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Timer;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.TendermintState.Value;
import dev.quorate.consensus.tendermint.TendermintTimer.Timeout;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells in a transcript's words what an engine asks for. */
final class Narrator {
  private Narrator() {}

  /** The block of a name: a letter or word, then its height. {@code x2} follows {@code x1}. */
  static Block block(String name) {
    int height = Integer.parseInt(name.replaceAll("\\D", ""));
    var branch = name.substring(0, name.length() - String.valueOf(height).length());
    var parent = height == 1 ? BlockId.NONE : block(branch + (height - 1)).id();
    return Validators.block(height, parent, Validators.FOUR.id("a"), name);
  }

  /** One line for an effect. */
  static String line(Effect<TendermintMessage> effect) {
    return switch (effect) {
      case Effect.Persist<TendermintMessage>(var state) ->
          "persist " + shown((TendermintState) state);
      case Effect.Store<TendermintMessage>(var block) -> "store " + name(block.id());
      case Effect.Commit<TendermintMessage>(var block, var certificate) ->
          "decide %s by %s".formatted(name(block.id()), said(certificate));
      case Effect.Broadcast<TendermintMessage>(var message) -> "broadcast " + said(message);
      case Effect.Send<TendermintMessage>(var to, var message) ->
          "send " + Validators.FOUR.nameOf(to) + " " + said(message);
      case Effect.StartTimer<TendermintMessage>(var timer, var delay) ->
          "start timer " + said(timer) + " " + delay.toMillis() + " ms";
      case Effect.CancelTimer<TendermintMessage>(var timer) -> "cancel timer " + said(timer);
      case Effect.BuildBlock<TendermintMessage>(_, var parent, var height, var last, var ifEmpty) ->
          "build h%s on %s%s%s"
              .formatted(
                  height,
                  name(parent),
                  last.map(it -> ", last commit by " + signers(it)).orElse(""),
                  ifEmpty == Effect.IfEmpty.BUILD ? ", also empty" : "");
      case Effect.CheckBlock<TendermintMessage>(var block) -> "check " + name(block.id());
      case Effect.FetchBlock<TendermintMessage>(var id, _, var hint) ->
          "fetch " + name(id) + " from " + Validators.FOUR.nameOf(hint);
      case Effect.FetchCommitted<TendermintMessage>(var peer, var from, var to) ->
          "fetch h%s to h%s from %s".formatted(from, to, Validators.FOUR.nameOf(peer));
      case Effect.Accuse<TendermintMessage>(var first, var second) ->
          "accuse %s of %s and %s"
              .formatted(
                  Validators.FOUR.nameOf(first.validator()),
                  said(first),
                  name(second.vote().blockId()));
      case Effect.Ignored<TendermintMessage>(var from, var reason) ->
          "ignore " + Validators.FOUR.nameOf(from) + ": " + reason;
      case Effect.Halt<TendermintMessage>(var reason) -> "halt: " + reason;
    };
  }

  private static String said(TendermintMessage message) {
    return switch (message) {
      case Proposal it ->
          "proposal r%s %s%s"
              .formatted(
                  it.round(),
                  name(it.block().id()),
                  it.validRound().map(valid -> " valid r" + valid).orElse(""));
      case Prevote(var vote) -> said(vote);
      case Precommit(var vote) -> said(vote);
      case CertificateMessage(var certificate) ->
          phase(certificate.type())
              + " of "
              + name(certificate.blockId())
              + " "
              + said(certificate);
      case Justification it ->
          "justification "
              + it.votes().stream()
                  .map(vote -> Validators.FOUR.nameOf(vote.validator()) + " " + said(vote))
                  .sorted()
                  .collect(Collectors.joining(", "));
      case Status it ->
          "status h%s r%s%s".formatted(it.height(), it.round(), it.proposal() ? " proposal" : "");
    };
  }

  private static String said(SignedVote signed) {
    var vote = signed.vote();
    var word = vote.type() == VoteType.PREPARE ? "prevote" : "precommit";
    return word + " r" + vote.round() + " " + name(vote.blockId());
  }

  private static String said(Certificate certificate) {
    return "r%s %s".formatted(certificate.round(), signers(certificate));
  }

  private static String signers(Certificate certificate) {
    return certificate.signers().stream()
        .map(it -> Validators.FOUR.nameOf(it.validator()))
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static String said(Timer timer) {
    return switch ((TendermintTimer) timer) {
      case Timeout it -> it.step().toString().toLowerCase(Locale.ROOT) + " r" + it.round();
      case TendermintTimer.Periodic it -> it.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    };
  }

  private static String shown(TendermintState state) {
    return "h%s r%s%s%s%s%s%s"
        .formatted(
            state.height(),
            state.round(),
            state.proposal().map(it -> ", proposed " + name(it.value().id())).orElse(""),
            state.prevote().map(it -> ", " + said(it)).orElse(""),
            state.precommit().map(it -> ", " + said(it)).orElse(""),
            state.locked().map(it -> ", locked " + said(it)).orElse(""),
            state.valid().map(it -> ", valid " + said(it)).orElse(""));
  }

  private static String said(Value value) {
    return name(value.id()) + "@r" + value.round();
  }

  private static String phase(VoteType type) {
    return switch (type) {
      case PREPARE -> "polka";
      case COMMIT -> "commit";
    };
  }

  private static String name(BlockId id) {
    return id.isNone() ? "nil" : Validators.nameOf(id).replace(' ', '-');
  }
}
