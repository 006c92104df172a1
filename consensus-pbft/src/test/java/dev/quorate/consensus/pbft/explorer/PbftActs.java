package dev.quorate.consensus.pbft.explorer;

import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.Work.Starved;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
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

/** What can happen to PBFT. */
final class PbftActs implements Acts<PbftMessage, Act> {
  private static final List<Kind> FLOWING = List.of(Kind.PROPOSAL, Kind.PREPARE, Kind.COMMIT);

  private static final List<Kind> TELLING =
      List.of(
          Kind.PROPOSAL,
          Kind.PREPARE,
          Kind.PREPARE,
          Kind.COMMIT,
          Kind.COMMIT,
          Kind.VIEW_CHANGE,
          Kind.VIEW_CHANGE,
          Kind.NEW_VIEW,
          Kind.CERTIFICATE,
          Kind.GRUMBLE);

  private static final Hash PASSED_OVER = Hash.sha256(Bytes.utf8("a transaction"));

  private final Stage<PbftMessage> stage;
  private final Chance chance;
  private final Swarm<Act> swarm;
  private final Liar liar;
  private final Invariants invariants;
  private final Soup<PbftMessage> soup;
  private final Ballots ballots;

  PbftActs(
      Stage<PbftMessage> stage, Chance chance, Swarm<Act> swarm, Liar liar, Invariants invariants) {
    this.stage = stage;
    this.chance = chance;
    this.swarm = swarm;
    this.liar = liar;
    this.invariants = invariants;
    this.soup = stage.scene().soup();
    this.ballots = stage.scene().ballots();
  }

  @Override
  public void start(Correct<PbftMessage> it) {
    stage.step(it, new Event.Started<>());
    if (chance.percent(80)) {
      work(it);
    }
  }

  @Override
  public void play(Act drawn, Correct<PbftMessage> it) {
    switch (fitting(drawn, it)) {
      case FLOW -> flow(it);
      case DELIVER -> deliver(it, chance.any(TELLING), true);
      case REPLAY -> deliver(it, chance.any(TELLING), false);
      case CERTIFY -> certify(it);
      case VOTE -> vote(it);
      case PROPOSE -> propose(it);
      case ROUND -> round(stage.few(swarm.few()));
      case CHANGE -> change(stage.few(swarm.few()));
      case LEAVE -> leave(it);
      case JOIN -> join(it);
      case OPEN -> open(it);
      case ENTER -> deliver(it, Kind.NEW_VIEW, true);
      case TIMER -> timer(it);
      case WORK -> work(it);
      case CRASH -> crash(it);
      case SYNC -> sync(it);
      case BODY -> body(it);
    }
    settle(it);
  }

  /** What a replica is owed (own messages, verdicts, built blocks) comes to it, unless it waits. */
  private void settle(Correct<PbftMessage> it) {
    if (!swarm.isLazy()) {
      stage.settle(it);
    }
  }

  /** What would come to nothing gives way to what may lead there. */
  private Act fitting(Act act, Correct<PbftMessage> it) {
    boolean active = it.status().active();
    return switch (act) {
      case LEAVE -> active && it.round() < swarm.rounds() ? act : Act.OPEN;
      case PROPOSE -> active && !liar.isPrimaryOf(it.round()) ? Act.FLOW : act;
      case FLOW -> active || chance.percent(20) ? act : Act.ENTER;
      case ENTER -> soup.of(Kind.NEW_VIEW).isEmpty() ? Act.OPEN : act;
      case OPEN -> soup.of(Kind.VIEW_CHANGE).isEmpty() ? Act.FLOW : act;
      case JOIN -> soup.of(Kind.VIEW_CHANGE).isEmpty() ? Act.FLOW : act;
      case CERTIFY -> ballots.certified().isEmpty() ? Act.FLOW : act;
      case ROUND, CHANGE, DELIVER, REPLAY, VOTE, TIMER, WORK, CRASH, SYNC, BODY -> act;
    };
  }

  private void flow(Correct<PbftMessage> it) {
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

  private void deliver(Correct<PbftMessage> it, Kind kind, boolean unseen) {
    var sent = soup.of(kind);
    for (int tries = 0; tries < 3 && !sent.isEmpty(); tries++) {
      var picked = unseen ? chance.recent(sent) : chance.any(sent);
      if (!unseen || !it.hasReceived(picked.number())) {
        stage.receive(it, picked);
        return;
      }
    }
  }

  private void vote(Correct<PbftMessage> it) {
    int view = chance.percent(80) ? it.round() : chance.below(swarm.rounds() + 1);
    if (chance.percent(30)) {
      stage.tell(it, liar.status(it.round()));
    } else {
      liar.vote(view, chance.percent(50)).ifPresent(vote -> stage.tell(it, vote));
    }
  }

  private void propose(Correct<PbftMessage> it) {
    int view = chance.percent(85) ? it.round() : chance.below(swarm.rounds() + 1);
    if (liar.isPrimaryOf(view)) {
      int height =
          chance.percent(85)
              ? it.height() + it.status().inFlight()
              : 1 + chance.below(PbftGame.HEIGHTS);
      liar.proposal(view, height, invariants.lastPrepared(it.index(), view))
          .ifPresent(proposal -> stage.receive(it, stage.say(proposal)));
    }
  }

  /** The replica sees a transaction passed over, and the liar complains too: mostly enough. */
  private void leave(Correct<PbftMessage> it) {
    if (it.round() < swarm.rounds()) {
      stage.tell(it, liar.complaint(it.round()));
      stage.step(
          it,
          new Event.WorkPending<>(
              work(Optional.of(new Starved(PASSED_OVER, it.status().round())))));
      settle(it);
    }
  }

  private void join(Correct<PbftMessage> it) {
    var changes = soup.of(Kind.VIEW_CHANGE);
    if (!changes.isEmpty()) {
      var sent = chance.recent(changes);
      int view = ((ViewChange) sent.message()).claim().newView().value();
      stage.receive(it, sent);
      settle(it);
      if (chance.percent(80)) {
        stage.tell(it, liar.viewChange(view));
      }
    }
  }

  /** The primary of a view that others want gets their claims; the liar opens its own views. */
  private void open(Correct<PbftMessage> it) {
    var changes = soup.of(Kind.VIEW_CHANGE);
    if (changes.isEmpty()) {
      return;
    }
    var wanted = (ViewChange) chance.recent(changes).message();
    int view = wanted.claim().newView().value();
    if (liar.isPrimaryOf(view)) {
      liar.newView(view).ifPresent(opening -> stage.receive(it, stage.say(opening)));
      return;
    }
    hear(stage.correctAt(Turns.primaryOf(stage.scene().cast(), view)), view);
  }

  private void timer(Correct<PbftMessage> it) {
    if (!it.timers().isEmpty()) {
      var timer = chance.any(it.timers());
      if (it.round() < swarm.rounds() || !((Enum<?>) timer).name().equals("VIEW")) {
        it.timers().remove(timer);
        stage.step(it, new Event.TimerFired<>(timer));
      }
    }
  }

  /** Proposals, then prepared certificates, then commit certificates; each reaches most. */
  private void round(List<Correct<PbftMessage>> few) {
    for (var it : few) {
      if (liar.isPrimaryOf(it.round())) {
        propose(it);
        settle(it);
      }
      hearProposals(it);
    }
    for (int certificates = chance.below(4); certificates > 0; certificates--) {
      for (var it : few) {
        if (chance.percent(60)) {
          certify(it);
          settle(it);
        }
      }
    }
  }

  /** Most of the proposals of its view. */
  private void hearProposals(Correct<PbftMessage> it) {
    var proposals = soup.of(Kind.PROPOSAL);
    for (int i = 0; i < proposals.size(); i++) {
      var sent = proposals.get(i);
      if (!it.hasReceived(sent.number())
          && ((PrePrepare) sent.message()).view().value() == it.round()
          && !chance.percent(15)) {
        stage.receive(it, sent);
        settle(it);
      }
    }
  }

  /** Mostly the last certificate that exists. */
  private void certify(Correct<PbftMessage> it) {
    if (!ballots.certified().isEmpty()) {
      var ballot =
          chance.percent(50) ? ballots.certified().getLast() : chance.recent(ballots.certified());
      stage.tell(it, liar.certificate(ballot));
    }
  }

  /** A few leave, hear of each other and of the liar, and most enter what is opened. */
  private void change(List<Correct<PbftMessage>> few) {
    few.stream().filter(it -> it.status().active()).forEach(this::leave);
    int target = few.stream().mapToInt(Correct::round).max().orElse(0);
    for (var it : few) {
      if (it.round() < target || !it.status().active()) {
        hear(it, target);
      }
    }
    if (liar.isPrimaryOf(target)) {
      liar.newView(target).ifPresent(stage::say);
    }
    for (var it : few) {
      if (!it.status().active() && !soup.of(Kind.NEW_VIEW).isEmpty() && !chance.percent(15)) {
        stage.receive(it, soup.of(Kind.NEW_VIEW).getLast());
        settle(it);
      }
    }
    if (chance.percent(60)) {
      round(few);
    }
  }

  /** Most of the ViewChanges for a view, the liar's last. */
  private void hear(Correct<PbftMessage> it, int view) {
    var changes = soup.of(Kind.VIEW_CHANGE);
    for (int i = 0; i < changes.size(); i++) {
      var change = (ViewChange) changes.get(i).message();
      if (change.claim().newView().value() == view && !chance.percent(15)) {
        stage.receive(it, changes.get(i));
        settle(it);
      }
    }
    if (!chance.percent(15)) {
      stage.tell(it, liar.viewChange(view));
      settle(it);
    }
  }

  private void work(Correct<PbftMessage> it) {
    stage.step(it, new Event.WorkPending<>(work(Optional.empty())));
  }

  private Work work(Optional<Starved> starved) {
    return swarm.isLone() ? new Work(1, false, 1, starved) : new Work(1_000, true, 1_000, starved);
  }

  /** At once, or after so many visible effects of the next steps. */
  private void crash(Correct<PbftMessage> it) {
    if (chance.percent(50)) {
      stage.crashAfter(chance.below(4));
      flow(it);
      settle(it);
    }
    if (stage.isCrashPlanned() || !chance.percent(50)) {
      stage.restart(it);
    }
    if (chance.percent(80)) {
      work(it);
    }
  }

  /** Final blocks come one after the other, as far as there are any. */
  private void sync(Correct<PbftMessage> it) {
    for (int most = 1 + chance.below(4); most > 0; most--) {
      nextFinal(it)
          .ifPresent(
              next -> stage.step(it, new Event.Synced<>(next.block(), ballots.certificate(next))));
    }
  }

  private Optional<Ballot> nextFinal(Correct<PbftMessage> it) {
    return ballots.certified().stream()
        .filter(ballot -> ballot.type() == VoteType.COMMIT && ballot.height() == it.height())
        .findFirst();
  }

  private void body(Correct<PbftMessage> it) {
    if (!it.wanted().isEmpty()) {
      var id = it.wanted().remove(chance.below(it.wanted().size()));
      stage.step(it, new Event.BlockArrived<>(stage.scene().blocks().get(Blocks.numberOf(id))));
    }
  }
}
