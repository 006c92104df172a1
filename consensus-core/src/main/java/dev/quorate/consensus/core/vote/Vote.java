package dev.quorate.consensus.core.vote;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import java.time.Instant;

/**
 * What one validator says in one phase of one round: this block, or nil ({@link BlockId#NONE}).
 *
 * <p>The timestamp of a vote for a block is the block's time, so that all validators sign the same
 * bytes; of a nil vote it is {@link CanonicalBytes#ZERO_TIME}.
 */
public record Vote(
    VoteType type,
    Height height,
    Round round,
    BlockId blockId,
    Instant timestamp,
    ValidatorId validator) {

  /** The bytes that the validator signs: CometBFT's length-prefixed CanonicalVote. */
  public Bytes signBytes(String chainId) {
    return CanonicalBytes.vote(type.code(), height, round, blockId, timestamp, chainId);
  }
}
