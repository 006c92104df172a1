package dev.quorate.replica.listen;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Limits;
import dev.quorate.replica.conveyor.ConveyorMessage;
import dev.quorate.replica.conveyor.ConveyorProvider;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;

/** What kind of thing a frame says. */
enum Traffic {
  /** A vote, which is signed. */
  VOTE,
  /** A block on its way, vouched for by the channel. */
  PROPOSAL,
  /** How far somebody is. */
  TIP,
  /** What do you hold of me? */
  QUESTION,
  /** That was all. */
  ANSWER,
  /** Transactions and blocks. */
  OTHER;

  static Traffic of(Bytes frame) {
    if (!(EnvelopeCodec.decode(frame) instanceof Decoded.Ok(var envelope))) {
      throw new AssertionError("not a frame: " + frame);
    }
    return switch (envelope) {
      case Envelope.EngineMessage(var encoded) -> message(encoded);
      case Envelope.HeardRequest() -> QUESTION;
      case Envelope.HeardEnd _ -> ANSWER;
      case Envelope.Transactions _,
          Envelope.BlockRequest _,
          Envelope.BlockAnswer _,
          Envelope.CommittedRequest _,
          Envelope.CommittedAnswer _,
          Envelope.Evidence _ ->
          OTHER;
    };
  }

  /** The vote in a frame that holds one. */
  static SignedVote vote(Bytes frame) {
    if (EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var encoded))
        && codec().decode(encoded) instanceof Decoded.Ok(ConveyorMessage.Ballot(var vote))) {
      return vote;
    }
    throw new AssertionError("not a vote: " + frame);
  }

  /** A frame that holds a vote. */
  static Bytes frame(SignedVote vote) {
    var encoded = codec().encode(new ConveyorMessage.Ballot(vote));
    return EnvelopeCodec.encode(new Envelope.EngineMessage(encoded));
  }

  private static MessageCodec<ConveyorMessage> codec() {
    return new ConveyorProvider().codec(new LedgerBlockReader(Limits.DEFAULT));
  }

  private static Traffic message(Bytes encoded) {
    if (!(codec().decode(encoded) instanceof Decoded.Ok(var message))) {
      throw new AssertionError("not a message: " + encoded);
    }
    return switch (message) {
      case ConveyorMessage.Ballot _ -> VOTE;
      case ConveyorMessage.Propose _ -> PROPOSAL;
      case ConveyorMessage.Tip _ -> TIP;
    };
  }
}
