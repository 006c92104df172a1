package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.byzantine.Split;
import dev.quorate.simulator.byzantine.forgery.ForgedBlocks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * As proposer, proposes one block to a part of the others and another one to the rest, each valid
 * in itself, and votes in both phases for each before those to whom it proposed it.
 */
final class Equivocator extends TendermintTrick {
  private static final int REMEMBERED = 64;

  private final LinkedHashMap<BlockId, LedgerBlock> doubles = new LinkedHashMap<>();
  private List<ValidatorId> deceived = List.of();

  /** Chance divides the others. */
  Equivocator() {
    super("two proposals for one round");
  }

  /** These get the other block; colluders agree on them. */
  Equivocator(List<ValidatorId> deceived) {
    this();
    this.deceived = List.copyOf(deceived);
  }

  @Override
  protected void begin(Tongue tongue) {
    if (deceived.isEmpty()) {
      deceived = Split.part(tongue.others(), tongue.chance());
    }
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    tongue.say(Split.rest(to, deceived), message);
    tongue.say(to.stream().filter(deceived::contains).toList(), other(message, tongue));
  }

  private TendermintMessage other(TendermintMessage message, Tongue tongue) {
    if (!tongue.isOwn(message)) {
      return message;
    }
    if (message instanceof Proposal it) {
      return tongue.proposal(doubleOf(LedgerBlock.of(it.block())), it.round(), it.validRound());
    }
    if (message instanceof Prevote(var vote)) {
      return new Prevote(doubled(vote, tongue));
    }
    return message instanceof Precommit(var vote) ? new Precommit(doubled(vote, tongue)) : message;
  }

  /** A millisecond later: as valid as the block itself. */
  private LedgerBlock doubleOf(LedgerBlock block) {
    var known = doubles.get(block.id());
    if (known != null) {
      return known;
    }
    var time = block.header().time().plus(Duration.ofMillis(1));
    var made = ForgedBlocks.at(block, time);
    doubles.put(block.id(), made);
    if (doubles.size() > REMEMBERED) {
      doubles.pollFirstEntry();
    }
    return made;
  }

  private SignedVote doubled(SignedVote signed, Tongue tongue) {
    var vote = signed.vote();
    var other = doubles.get(vote.blockId());
    return other == null
        ? signed
        : tongue.signed(
            new Vote(
                vote.type(),
                vote.height(),
                vote.round(),
                other.id(),
                other.header().time(),
                vote.validator()));
  }
}
