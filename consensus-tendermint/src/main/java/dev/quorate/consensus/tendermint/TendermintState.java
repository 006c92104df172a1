package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.DurableState;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.crypto.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a validator must find again after a crash: everything that it has promised, and what others
 * may need to follow it.
 *
 * @param height the lowest that is not decided
 * @param priorities the proposers' priorities at that height
 * @param locked lockedValue and lockedRound
 * @param valid validValue and validRound
 * @param polka the one that made the value valid
 * @param proposal what it proposed in this round
 * @param prevote its last one at this height; unsigned unless it had come back before the write
 * @param precommit likewise
 * @param entry the votes by which it entered this round
 */
record TendermintState(
    Height height,
    Round round,
    List<Long> priorities,
    Optional<Value> locked,
    Optional<Value> valid,
    Optional<Certificate> polka,
    Optional<OwnProposal> proposal,
    Optional<SignedVote> prevote,
    Optional<SignedVote> precommit,
    Optional<Justification> entry)
    implements DurableState {
  TendermintState {
    priorities = List.copyOf(priorities);
  }

  /** A block, by name and time, and a round that it belongs to. */
  record Value(Round round, BlockId id, Instant time) {}

  /** What was proposed in the value's round, and the valid round that was named with it. */
  record OwnProposal(Value value, Optional<Round> validRound) {}

  @Override
  public Bytes encode() {
    return TendermintStateCodec.encode(this);
  }
}
