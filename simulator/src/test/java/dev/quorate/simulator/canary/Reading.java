package dev.quorate.simulator.canary;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Limits;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.util.Optional;
import java.util.ServiceLoader;

/** What frames say, for rules that stop some of them. */
final class Reading {
  private final MessageCodec<?> codec;

  Reading() {
    EngineProvider<?> pbft =
        ServiceLoader.load(EngineProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(it -> it.name().equals("pbft"))
            .findFirst()
            .orElseThrow();
    codec = pbft.codec(new LedgerBlockReader(Limits.DEFAULT));
  }

  /** Whether it is a vote of this type and view, or a certificate of such votes. */
  boolean tells(Bytes frame, VoteType type, int view) {
    return read(frame).filter(it -> tells(it, type, view)).isPresent();
  }

  /** Whether somebody leaves for this view in it. */
  boolean leavesFor(Bytes frame, int view) {
    return read(frame)
        .filter(it -> it instanceof ViewChange change && change.claim().newView().value() == view)
        .isPresent();
  }

  /** Whether this view is opened in it. */
  boolean opens(Bytes frame, int view) {
    return read(frame)
        .filter(it -> it instanceof NewView newView && newView.view().value() == view)
        .isPresent();
  }

  private Optional<Message<?>> read(Bytes frame) {
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var encoded))
            && codec.decode(encoded) instanceof Decoded.Ok(var message)
        ? Optional.of(message)
        : Optional.empty();
  }

  private static boolean tells(Message<?> message, VoteType type, int view) {
    return switch (message) {
      case Prepare(var vote) -> type == VoteType.PREPARE && vote.vote().round().value() == view;
      case Commit(var vote) -> type == VoteType.COMMIT && vote.vote().round().value() == view;
      case CertificateMessage(var held) -> type == held.type() && held.round().value() == view;
      default -> false;
    };
  }
}
