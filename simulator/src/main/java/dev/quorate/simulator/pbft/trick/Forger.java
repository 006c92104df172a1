package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.simulator.byzantine.forgery.ForgedBlocks;
import java.util.List;

/**
 * Votes in the name of others, each with a signature that is nonsense, its own, or another
 * message's, and accuses them with it.
 */
final class Forger extends PbftTrick {
  Forger() {
    super("forger");
  }

  @Override
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    tongue.say(to, message);
    if (message instanceof Prepare(var vote)) {
      forge(to, vote, tongue);
    } else if (message instanceof PrePrepare it) {
      forge(to, it.prepare(), tongue);
    }
  }

  private static void forge(List<ValidatorId> to, SignedVote own, Tongue tongue) {
    for (var other : tongue.others()) {
      var prepare = forged(own, VoteType.PREPARE, other, tongue);
      tongue.say(to, new Prepare(prepare));
      tongue.say(to, new Commit(forged(own, VoteType.COMMIT, other, tongue)));
      var vote = prepare.vote();
      var elsewhere =
          new Vote(
              vote.type(),
              vote.height(),
              vote.round(),
              ForgedBlocks.invented(tongue.chance()),
              vote.timestamp(),
              other);
      tongue.say(to, new Conflict(prepare, new SignedVote(elsewhere, tongue.nonsense())));
    }
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
