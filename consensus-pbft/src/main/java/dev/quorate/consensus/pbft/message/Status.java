package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Signature;
import java.util.BitSet;
import java.util.List;

/**
 * What a replica has, so that its peers can send what it lacks (R17). Vouched for by the channel
 * alone: it is a hint and proves nothing.
 *
 * @param active false from its ViewChange to the new view
 * @param pending the view that it is in, or wants to be in
 * @param committed the last height that is delivered there
 * @param slots the heights above {@code committed} it knows of, ascending, without gaps
 */
public record Status(
    View view, boolean active, View pending, Height committed, List<SlotStatus> slots)
    implements PbftMessage {

  /**
   * One undelivered height.
   *
   * @param proposal whether the proposal of this view is there
   * @param prepares whose PREPARE of this view is there, by place in the validator set; all set
   *     once there is a quorum
   * @param commits whose COMMIT of this view is there, likewise
   */
  public record SlotStatus(boolean proposal, BitSet prepares, BitSet commits) {}

  public Status {
    slots = List.copyOf(slots);
  }

  @Override
  public List<SignRequest> signRequests(String chainId) {
    return List.of();
  }

  @Override
  public PbftMessage withSignatures(List<Signature> signatures) {
    return this;
  }

  @Override
  public List<SignatureCheck> signatureChecks(String chainId) {
    return List.of();
  }
}
