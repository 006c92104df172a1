package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.validators.ProposerSchedule;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftCodec;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.SignedClaim;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.byzantine.Means;
import dev.quorate.simulator.clock.Chance;
import java.util.List;
import java.util.Optional;

/** Says in PBFT whatever a trick wants, and signs it with the keys that are held. */
final class Tongue {
  private final Means means;
  private final PbftCodec codec;

  Tongue(Means means) {
    this.means = means;
    this.codec = new PbftCodec(new LedgerBlockReader(means.genesis().limits()));
  }

  Means means() {
    return means;
  }

  Chance chance() {
    return means.chance();
  }

  ValidatorId self() {
    return means.self();
  }

  List<ValidatorId> others() {
    return means.others();
  }

  /** The message in a frame; empty when it holds something else. */
  Optional<PbftMessage> read(Bytes frame) {
    return EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.EngineMessage(var encoded))
            && codec.decode(encoded) instanceof Decoded.Ok(var message)
        ? Optional.of(message)
        : Optional.empty();
  }

  void say(List<ValidatorId> to, PbftMessage message) {
    if (!to.isEmpty()) {
      means.send(to, frame(message));
    }
  }

  Bytes frame(PbftMessage message) {
    return EnvelopeCodec.encode(new Envelope.EngineMessage(codec.encode(message)));
  }

  void say(ValidatorId to, PbftMessage message) {
    say(List.of(to), message);
  }

  void sayToAll(PbftMessage message) {
    say(others(), message);
  }

  /** A vote signed as its validator, whose key is held. */
  SignedVote signed(Vote vote) {
    return new SignedVote(
        vote, means.sign(vote.validator(), vote.signBytes(means.genesis().chainId())));
  }

  /** What a vote says, said by another. */
  SignedVote same(Vote vote, VoteType type, ValidatorId voter) {
    return signed(
        new Vote(type, vote.height(), vote.round(), vote.blockId(), vote.timestamp(), voter));
  }

  Prepare prepare(Vote vote, ValidatorId voter) {
    return new Prepare(same(vote, VoteType.PREPARE, voter));
  }

  Commit commit(Vote vote, ValidatorId voter) {
    return new Commit(same(vote, VoteType.COMMIT, voter));
  }

  /** An own proposal. */
  PrePrepare proposal(LedgerBlock block, View view) {
    var vote =
        new Vote(
            VoteType.PREPARE,
            block.height(),
            view.round(),
            block.id(),
            block.header().time(),
            self());
    return new PrePrepare(block.toBlock(), signed(vote));
  }

  SignedClaim signed(Claim claim) {
    return new SignedClaim(
        claim, means.sign(claim.claimant(), claim.signBytes(means.genesis().chainId())));
  }

  /** The same with the signature of its primary, whose key is held. */
  NewView signed(NewView it) {
    var signature = means.sign(it.primary(), it.signBytes(means.genesis().chainId()));
    return new NewView(it.view(), it.primary(), it.claims(), it.certificate(), it.tip(), signature);
  }

  /** Bytes that look like a signature. */
  Signature nonsense() {
    var bytes = new byte[Signature.SIZE];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) chance().nextLong();
    }
    return new Signature(Bytes.wrap(bytes));
  }

  /** Who opens a view. */
  ValidatorId primaryOf(View view) {
    return primaryOf(view, new Height(0));
  }

  ValidatorId primaryOf(View view, Height height) {
    long rotation = means.genesis().parameters().getOrDefault("rotation", 0L);
    long turns = rotation == 0 ? 0 : height.value() / rotation;
    var schedule = ProposerSchedule.of(means.genesis().validatorSet());
    return schedule.at((view.value() + turns) % schedule.size());
  }
}
