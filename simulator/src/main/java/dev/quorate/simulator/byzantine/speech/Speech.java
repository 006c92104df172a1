package dev.quorate.simulator.byzantine.speech;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.clock.Chance;
import java.util.List;
import java.util.Optional;

/**
 * Says in an engine's messages whatever a trick wants, and signs it with the keys that are held.
 */
public abstract class Speech<M extends Message<M>> {
  private final Means means;
  private final MessageCodec<M> codec;

  protected Speech(Means means, MessageCodec<M> codec) {
    this.means = means;
    this.codec = codec;
  }

  public final Means means() {
    return means;
  }

  public final Chance chance() {
    return means.chance();
  }

  public final ValidatorId self() {
    return means.self();
  }

  public final List<ValidatorId> others() {
    return means.others();
  }

  /** The message in a frame; empty when it holds something else. */
  public final Optional<M> read(Bytes frame) {
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var encoded))
            && codec.decode(encoded) instanceof Decoded.Ok(var message)
        ? Optional.of(message)
        : Optional.empty();
  }

  public final Bytes frame(M message) {
    return EnvelopeCodec.encode(new Envelope.EngineMessage(codec.encode(message)));
  }

  public final void say(List<ValidatorId> to, M message) {
    if (!to.isEmpty()) {
      means.send(to, frame(message));
    }
  }

  public final void say(ValidatorId to, M message) {
    say(List.of(to), message);
  }

  public final void sayToAll(M message) {
    say(others(), message);
  }

  /** A vote signed as its validator, whose key is held. */
  public final SignedVote signed(Vote vote) {
    return new SignedVote(
        vote, means.sign(vote.validator(), vote.signBytes(means.genesis().chainId())));
  }

  /** What a vote says, said by another or in the other phase. */
  public final SignedVote same(Vote vote, VoteType type, ValidatorId voter) {
    return signed(
        new Vote(type, vote.height(), vote.round(), vote.blockId(), vote.timestamp(), voter));
  }

  /** Bytes that look like a signature. */
  public final Signature nonsense() {
    var bytes = new byte[Signature.SIZE];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) chance().nextLong();
    }
    return new Signature(Bytes.wrap(bytes));
  }
}
