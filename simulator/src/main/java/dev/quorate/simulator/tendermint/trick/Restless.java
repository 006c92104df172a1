package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.time.Duration;
import java.util.List;

/**
 * Gives every round up before it has begun: votes nil in the next ones, justifies them with that,
 * and prevotes nil in the current one, whatever is proposed.
 */
final class Restless extends TendermintTrick {
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final int AHEAD = 3;

  private Height height = new Height(1);
  private Round round = Round.ZERO;

  Restless() {
    super("restless");
  }

  @Override
  protected void begin(Tongue tongue) {
    tongue.means().every(INTERVAL, () -> giveUp(tongue));
  }

  private void giveUp(Tongue tongue) {
    int ahead = 1 + tongue.chance().below(AHEAD);
    var next = new Round(Math.min(round.value(), Integer.MAX_VALUE - ahead) + ahead);
    var prevote = tongue.nil(VoteType.PREPARE, height, next);
    tongue.sayToAll(Tongue.message(prevote));
    tongue.sayToAll(Tongue.message(tongue.nil(VoteType.COMMIT, height, next)));
    tongue.sayToAll(new Justification(List.of(prevote)));
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    if (message instanceof Status it) {
      height = it.height();
      round = it.round();
    }
    boolean own = tongue.isOwn(message);
    if (own && message instanceof Prevote(var vote)) {
      tongue.say(to, Tongue.message(given(vote, tongue)));
    } else if (own && message instanceof Precommit(var vote)) {
      tongue.say(to, Tongue.message(given(vote, tongue)));
    } else {
      tongue.say(to, message);
    }
  }

  /** Nil instead of it; and this is where the replica is now. */
  private SignedVote given(SignedVote signed, Tongue tongue) {
    var vote = signed.vote();
    height = vote.height();
    round = vote.round();
    return tongue.nil(vote.type(), vote.height(), vote.round());
  }
}
