package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Timer;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.explorer.Acts;
import dev.quorate.explorer.Ballots;
import dev.quorate.explorer.Ballots.Ballot;
import dev.quorate.explorer.Blocks;
import dev.quorate.explorer.Chance;
import dev.quorate.explorer.Correct;
import dev.quorate.explorer.Soup;
import dev.quorate.explorer.Stage;
import dev.quorate.explorer.Swarm;
import java.util.List;
import java.util.Optional;

/** What can happen to Tendermint. */
final class TendermintActs implements Acts<TendermintMessage, Act> {
  private static final List<Kind> FLOWING = List.of(Kind.PROPOSAL, Kind.PREVOTE, Kind.PRECOMMIT);
  private static final VoteType[] TYPES = VoteType.values();

  private final Stage<TendermintMessage> stage;
  private final Chance chance;
  private final Swarm<Act> swarm;
  private final Liar liar;
  private final Soup<TendermintMessage> soup;
  private final Ballots ballots;

  TendermintActs(Stage<TendermintMessage> stage, Chance chance, Swarm<Act> swarm, Liar liar) {
    this.stage = stage;
    this.chance = chance;
    this.swarm = swarm;
    this.liar = liar;
    this.soup = stage.scene().soup();
    this.ballots = stage.scene().ballots();
  }

  @Override
  public void start(Correct<TendermintMessage> it) {
    stage.step(it, new Event.Started<>());
    if (chance.percent(90)) {
      work(it, 1);
    }
    settle(it);
  }

  @Override
  public void play(Act act, Correct<TendermintMessage> it) {
    switch (act) {
      case FLOW -> flow(it);
      case DELIVER -> deliver(it, true);
      case REPLAY -> deliver(it, false);
      case CERTIFY -> certify(it);
      case VOTE -> vote(it);
      case PROPOSE -> propose(it);
      case ROUND -> round(stage.few(swarm.few()));
      case GIVE_UP -> giveUp(stage.few(swarm.few()));
      case TIMER -> timer(it);
      case WORK -> work(it, chance.below(2));
      case CRASH -> crash(it);
      case SYNC -> sync(it);
      case BODY -> body(it);
    }
    settle(it);
  }

  /** What a replica is owed (own messages, verdicts, built blocks) comes to it, unless it waits. */
  private void settle(Correct<TendermintMessage> it) {
    if (!swarm.isLazy()) {
      stage.settle(it);
    }
  }

  private void flow(Correct<TendermintMessage> it) {
    int most = 1 + chance.below(8);
    for (var kind : FLOWING) {
      var sent = soup.of(kind);
      for (int i = 0, size = sent.size(); i < size && most > 0; i++) {
        if (!it.hasReceived(sent.get(i).number()) && !chance.percent(20)) {
          stage.receive(it, sent.get(i));
          settle(it);
          most--;
        }
      }
    }
  }

  private void deliver(Correct<TendermintMessage> it, boolean unseen) {
    var sent = soup.of(chance.any(Kind.ALL));
    for (int tries = 0; tries < 3 && !sent.isEmpty(); tries++) {
      var picked = unseen ? chance.recent(sent) : chance.any(sent);
      if (!unseen || !it.hasReceived(picked.number())) {
        stage.receive(it, picked);
        return;
      }
    }
  }

  private void vote(Correct<TendermintMessage> it) {
    int height = heightOf(it);
    int round = chance.percent(75) ? it.round() : chance.below(swarm.rounds() + 1);
    if (chance.percent(10)) {
      stage.tell(it, liar.status(height, round));
    } else {
      stage.tell(it, liar.vote(TYPES[chance.below(2)], height, round));
    }
  }

  private void propose(Correct<TendermintMessage> it) {
    int height = heightOf(it);
    int round = chance.percent(75) ? it.round() : chance.below(swarm.rounds() + 1);
    if (liar.isProposerOf(height, round)) {
      liar.proposal(height, round, it.tip())
          .ifPresent(
              proposal -> {
                if (chance.percent(50)) {
                  stage.tell(it, proposal);
                } else {
                  stage.receive(it, stage.say(proposal));
                }
              });
    }
  }

  /** Proposals, then prevotes, then precommits of the round; each reaches most. */
  private void round(List<Correct<TendermintMessage>> few) {
    for (var it : few) {
      if (liar.isProposerOf(heightOf(it), it.round())) {
        propose(it);
        settle(it);
      }
      hear(it, Kind.PROPOSAL, 10);
    }
    int help = chance.below(100);
    for (var type : TYPES) {
      for (var it : few) {
        hear(it, type == VoteType.PREPARE ? Kind.PREVOTE : Kind.PRECOMMIT, 20);
        if (chance.percent(help)) {
          stage.tell(it, liar.vote(type, heightOf(it), it.round(), proposedTo(it)));
          settle(it);
        }
      }
    }
    if (chance.percent(30)) {
      certify(chance.any(few));
    }
  }

  /** Whatever the timers say, they say it now; the liar says nil where that helps. */
  private void giveUp(List<Correct<TendermintMessage>> few) {
    for (var it : few) {
      if (it.round() < swarm.rounds()) {
        fireTimeouts(it);
      }
    }
    for (var type : TYPES) {
      for (var it : few) {
        if (it.round() < swarm.rounds()) {
          hear(it, type == VoteType.PREPARE ? Kind.PREVOTE : Kind.PRECOMMIT, 10);
          if (chance.percent(80)) {
            stage.tell(it, liar.vote(type, heightOf(it), it.round(), Optional.empty()));
            settle(it);
          }
          fireTimeouts(it);
        }
      }
    }
  }

  /** Most of what was sent of this kind about the place where it is. */
  private void hear(Correct<TendermintMessage> it, Kind kind, int lost) {
    var sent = soup.of(kind);
    for (int i = 0; i < sent.size(); i++) {
      var one = sent.get(i);
      if (Place.of(one.message()).is(it.height(), it.round())
          && !it.hasReceived(one.number())
          && !chance.percent(lost)) {
        stage.receive(it, one);
        settle(it);
      }
    }
  }

  /** A block that was proposed in its round, or the newest of its height, or nil. */
  private Optional<Block> proposedTo(Correct<TendermintMessage> it) {
    for (var sent : soup.of(Kind.PROPOSAL).reversed()) {
      if (Place.of(sent.message()).is(it.height(), it.round())) {
        return Optional.of(((Proposal) sent.message()).block());
      }
    }
    var known = stage.scene().blocks().at(heightOf(it));
    return known.isEmpty() ? Optional.empty() : Optional.of(known.getLast());
  }

  private void fireTimeouts(Correct<TendermintMessage> it) {
    for (var timer : List.copyOf(it.timers())) {
      if (isTimeout(timer) && it.timers().remove(timer)) {
        stage.step(it, new Event.TimerFired<>(timer));
        settle(it);
      }
    }
  }

  private void timer(Correct<TendermintMessage> it) {
    if (!it.timers().isEmpty()) {
      var timer = chance.any(it.timers());
      if (it.round() < swarm.rounds() || !isTimeout(timer)) {
        it.timers().remove(timer);
        stage.step(it, new Event.TimerFired<>(timer));
      }
    }
  }

  private static boolean isTimeout(Timer timer) {
    return timer.toString().startsWith("Timeout");
  }

  /** Mostly the last certificate that exists. */
  private void certify(Correct<TendermintMessage> it) {
    if (!ballots.certified().isEmpty()) {
      var ballot =
          chance.percent(50) ? ballots.certified().getLast() : chance.recent(ballots.certified());
      stage.tell(it, liar.certificate(ballot));
    }
  }

  private void work(Correct<TendermintMessage> it, int transactions) {
    stage.step(it, new Event.WorkPending<>(new Work(transactions, false, transactions)));
  }

  /** At once, or after so many visible effects of the next steps. */
  private void crash(Correct<TendermintMessage> it) {
    if (chance.percent(50)) {
      stage.crashAfter(chance.below(4));
      if (chance.percent(30)) {
        work(it, 1);
      } else {
        flow(it);
      }
      settle(it);
    }
    if (stage.isCrashPlanned() || !chance.percent(50)) {
      stage.restart(it);
    }
    if (chance.percent(80)) {
      work(it, 1);
    }
  }

  private void sync(Correct<TendermintMessage> it) {
    nextFinal(it)
        .ifPresent(
            next -> stage.step(it, new Event.Synced<>(next.block(), ballots.certificate(next))));
  }

  private Optional<Ballot> nextFinal(Correct<TendermintMessage> it) {
    return ballots.certified().stream()
        .filter(ballot -> ballot.type() == VoteType.COMMIT && ballot.height() == it.height())
        .findFirst();
  }

  private void body(Correct<TendermintMessage> it) {
    if (!it.wanted().isEmpty()) {
      var id = it.wanted().remove(chance.below(it.wanted().size()));
      stage.step(it, new Event.BlockArrived<>(stage.scene().blocks().get(Blocks.numberOf(id))));
    }
  }

  /** Beyond the last height that is built, what concerns that. */
  private static int heightOf(Correct<TendermintMessage> it) {
    return Math.min(it.height(), TendermintGame.HEIGHTS);
  }
}
