package dev.quorate.consensus.tendermint.message;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;
import java.util.List;
import java.util.Optional;

/**
 * A proposer's value for a round, the whole block inside; signed as CometBFT's CanonicalProposal. A
 * block that is proposed again in a later round comes in the same message.
 *
 * @param validRound the round of the polka that the proposer knows for this block, below {@code
 *     round}; none for a fresh proposal (the paper's -1)
 * @param proposer who says so; the block's own {@code proposer} is who first built it
 */
public record Proposal(
    Block block, Round round, Optional<Round> validRound, ValidatorId proposer, Signature signature)
    implements TendermintMessage {
  /** Refuses a valid round that is not below the round. */
  public Proposal {
    if (validRound.filter(it -> it.compareTo(round) >= 0).isPresent()) {
      throw new IllegalArgumentException(
          "round %s with valid round %s".formatted(round, validRound));
    }
  }

  /** One that is still to be signed. */
  public static Proposal unsigned(
      Block block, Round round, Optional<Round> validRound, ValidatorId proposer) {
    return new Proposal(block, round, validRound, proposer, Signature.UNSIGNED);
  }

  public Height height() {
    return block.height();
  }

  @Override
  public List<SignRequest> signRequests(String chainId) {
    return signature.equals(Signature.UNSIGNED)
        ? List.of(new SignRequest(position(), signBytes(chainId)))
        : List.of();
  }

  @Override
  public TendermintMessage withSignatures(List<Signature> signatures) {
    return new Proposal(block, round, validRound, proposer, signatures.getFirst());
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    return List.of(new SignatureCheck(proposer, position(), signBytes(chainId), signature));
  }

  private Bytes signBytes(String chainId) {
    int polRound = validRound.map(Round::value).orElse(-1);
    return CanonicalBytes.proposal(height(), round, polRound, block.id(), block.time(), chainId);
  }

  private SignPosition position() {
    return new SignPosition(SignPosition.Kind.PROPOSAL, height(), round);
  }
}
