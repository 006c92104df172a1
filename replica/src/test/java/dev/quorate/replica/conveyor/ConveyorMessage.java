package dev.quorate.replica.conveyor;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.crypto.Signature;
import java.util.List;

/** What conveyors say to each other. */
public sealed interface ConveyorMessage extends Message<ConveyorMessage> {
  /** The leader of a round puts a block on the belt. */
  record Propose(Round round, Block block) implements ConveyorMessage {}

  /** A vote for a block. */
  record Ballot(SignedVote vote) implements ConveyorMessage {}

  /** How far the sender is: its last final height, and its round, in which others follow it. */
  record Tip(Height height, Round round) implements ConveyorMessage {}

  @Override
  default List<SignRequest> signRequests(String chainId) {
    return this instanceof Ballot(var signed) && signed.signature().equals(Signature.UNSIGNED)
        ? List.of(new SignRequest(position(signed), signed.vote().signBytes(chainId)))
        : List.of();
  }

  @Override
  default ConveyorMessage withSignatures(List<Signature> signatures) {
    return this instanceof Ballot(var signed) && !signatures.isEmpty()
        ? new Ballot(signed.withSignature(signatures.getFirst()))
        : this;
  }

  @Override
  default List<SignatureCheck> signatureChecks(String chainId) {
    return this instanceof Ballot(var signed)
        ? List.of(
            new SignatureCheck(
                signed.validator(),
                position(signed),
                signed.vote().signBytes(chainId),
                signed.signature()))
        : List.of();
  }

  private static SignPosition position(SignedVote signed) {
    var vote = signed.vote();
    return new SignPosition(SignPosition.Kind.COMMIT, vote.height(), vote.round());
  }
}
