package dev.quorate.simulator.canary;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.TendermintProvider;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Limits;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.observe.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One height of four validators, of which single messages are lost, and at which something is done
 * when a message arrives. Made for a network that has not begun.
 */
final class ScriptedHeight {
  private static final long HEIGHT = 10;

  private final MessageCodec<TendermintMessage> codec =
      new TendermintProvider().codec(new LedgerBlockReader(Limits.DEFAULT));

  private final Simulation world;
  private final List<Loss> losses = new ArrayList<>();
  private final List<Cue> cues = new ArrayList<>();
  private final List<ValidatorId> members;
  private int reached;

  /** Decides what is lost, on its way to a validator. */
  @FunctionalInterface
  interface Loss {
    boolean takes(ValidatorId to, TendermintMessage message);
  }

  /** What is done, once, when a message has come to somebody. */
  private record Cue(Predicate<TendermintMessage> when, Runnable action) {}

  ScriptedHeight(Simulation world) {
    this.world = world.listen(this::see);
    this.members = Stream.of("a", "b", "c", "d").map(world::id).sorted().toList();
    world.net().add((_, to, frame) -> read(frame).filter(it -> isLost(to, it)).isEmpty());
  }

  /** Who proposes in a round, of equals: all take turns, in the order of their addresses. */
  ValidatorId proposer(int round) {
    return members.get((int) ((HEIGHT - 1 + round) % members.size()));
  }

  String name(ValidatorId id) {
    return world.nameOf(id);
  }

  /** The highest round that any message was of. */
  int reached() {
    return reached;
  }

  ScriptedHeight lose(Loss loss) {
    losses.add(loss);
    return this;
  }

  ScriptedHeight when(Predicate<TendermintMessage> message, Runnable action) {
    cues.add(new Cue(message, action));
    return this;
  }

  static boolean isProposal(TendermintMessage message, int round) {
    return message instanceof Proposal it && it.round().value() == round;
  }

  static boolean isPrevote(TendermintMessage message, int round, ValidatorId by) {
    return message instanceof Prevote(var vote) && isOf(vote, round, by);
  }

  static boolean isPrecommit(TendermintMessage message, int round, ValidatorId by) {
    return message instanceof Precommit(var vote) && isOf(vote, round, by);
  }

  /** Whether it is a precommit of this round, or a certificate of such. */
  static boolean tellsOfPrecommits(TendermintMessage message, int round) {
    return switch (message) {
      case Precommit(var vote) -> vote.vote().round().value() == round;
      case CertificateMessage(var held) -> isOf(held, VoteType.COMMIT, round);
      default -> false;
    };
  }

  /** Whether it is a prevote of this round, or a polka. */
  static boolean tellsOfPrevotes(TendermintMessage message, int round) {
    return message instanceof Prevote(var vote)
        ? vote.vote().round().value() == round
        : isPolka(message, round);
  }

  static boolean isPolka(TendermintMessage message, int round) {
    return message instanceof CertificateMessage(var held) && isOf(held, VoteType.PREPARE, round);
  }

  /** Whether it holds votes of this round. */
  static boolean isJustification(TendermintMessage message, int round) {
    return message instanceof Justification it && it.round().value() == round;
  }

  static int roundOf(TendermintMessage message) {
    return switch (message) {
      case Proposal it -> it.round().value();
      case Prevote(var vote) -> vote.vote().round().value();
      case Precommit(var vote) -> vote.vote().round().value();
      case CertificateMessage(var held) -> held.round().value();
      case Justification it -> it.round().value();
      case Status it -> it.round().value();
    };
  }

  private static boolean isOf(SignedVote vote, int round, ValidatorId by) {
    return vote.vote().round().value() == round && vote.validator().equals(by);
  }

  private static boolean isOf(Certificate held, VoteType type, int round) {
    return held.type() == type && held.round().value() == round;
  }

  private boolean isLost(ValidatorId to, TendermintMessage message) {
    reached = Math.max(reached, roundOf(message));
    return losses.stream().anyMatch(it -> it.takes(to, message));
  }

  private void see(Observation observation) {
    if (observation instanceof Observation.Arrived it && !cues.isEmpty()) {
      read(it.frame()).ifPresent(this::arrived);
    }
  }

  private void arrived(TendermintMessage message) {
    for (var cue : List.copyOf(cues)) {
      if (cue.when().test(message)) {
        cues.remove(cue);
        cue.action().run();
      }
    }
  }

  /** The message of this height in a frame. */
  private Optional<TendermintMessage> read(Bytes frame) {
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var encoded))
            && codec.decode(encoded) instanceof Decoded.Ok(var message)
            && heightOf(message).value() == HEIGHT
        ? Optional.of(message)
        : Optional.empty();
  }

  private static Height heightOf(TendermintMessage message) {
    return switch (message) {
      case Proposal it -> it.height();
      case Prevote(var vote) -> vote.vote().height();
      case Precommit(var vote) -> vote.vote().height();
      case CertificateMessage(var held) -> held.height();
      case Justification it -> it.height();
      case Status it -> it.height();
    };
  }
}
