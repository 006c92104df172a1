package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Votes in the name of others and proposes in their place, each with a signature that is nonsense,
 * its own, or another message's; and justifies rounds with such votes.
 */
final class Forger extends TendermintTrick {
  Forger() {
    super("forger");
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    tongue.say(to, message);
    if (message instanceof Prevote(var vote) && tongue.isOwn(message)) {
      forge(to, vote, tongue);
    } else if (message instanceof Proposal it) {
      var other = tongue.chance().oneOf(tongue.others());
      tongue.say(to, new Proposal(it.block(), it.round(), Optional.empty(), other, it.signature()));
    }
  }

  private static void forge(List<ValidatorId> to, SignedVote own, Tongue tongue) {
    var prevotes = new ArrayList<SignedVote>();
    for (var other : tongue.others()) {
      var prevote = forged(own, VoteType.PREPARE, other, tongue);
      prevotes.add(prevote);
      tongue.say(to, Tongue.message(prevote));
      tongue.say(to, Tongue.message(forged(own, VoteType.COMMIT, other, tongue)));
    }
    tongue.say(to, new Justification(prevotes));
  }

  private static SignedVote forged(
      SignedVote own, VoteType type, ValidatorId voter, Tongue tongue) {
    var it = own.vote();
    var vote = new Vote(type, it.height(), it.round(), it.blockId(), it.timestamp(), voter);
    return switch (tongue.chance().below(3)) {
      case 0 -> new SignedVote(vote, tongue.nonsense());
      case 1 -> new SignedVote(vote, own.signature());
      default -> new SignedVote(vote, tongue.same(it, type, tongue.self()).signature());
    };
  }
}
