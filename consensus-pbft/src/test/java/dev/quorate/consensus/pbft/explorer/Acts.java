package dev.quorate.consensus.pbft.explorer;

import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.Work.Starved;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.explorer.Ballots.Ballot;
import dev.quorate.consensus.pbft.explorer.Soup.Kind;
import dev.quorate.consensus.pbft.explorer.Swarm.Act;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can happen on the stage: each act is one or more events, as chance decides. */
final class Acts {
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

  private final Stage stage;
  private final Chance chance;
  private final Swarm swarm;
  private final Liar liar;
  private final Soup soup;
  private final Ballots ballots;

  Acts(Stage stage, Chance chance, Swarm swarm) {
    this.stage = stage;
    this.chance = chance;
    this.swarm = swarm;
    this.liar = stage.liar;
    this.soup = stage.soup;
    this.ballots = stage.ballots;
  }

  /** The replica runs; mostly transactions wait for it. */
  void start(Correct it) {
    stage.step(it, new Event.Started<>());
    if (chance.percent(80)) {
      work(it);
    }
  }

  /** Something of this kind happens to a replica. */
  void play(Act drawn, Correct it) {
    switch (fitting(drawn, it)) {
      case FLOW -> flow(it);
      case DELIVER -> deliver(it, chance.any(TELLING), true);
      case REPLAY -> deliver(it, chance.any(TELLING), false);
      case CERTIFY -> certify(it);
      case VOTE -> vote(it);
      case PROPOSE -> propose(it);
      case ROUND -> round(few());
      case CHANGE -> change(few());
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
  private void settle(Correct it) {
    if (!swarm.isLazy()) {
      stage.settle(it);
    }
  }

  /** What would come to nothing gives way to what may lead there. */
  private Act fitting(Act act, Correct it) {
    boolean active = it.isActive();
    return switch (act) {
      case LEAVE -> active && it.view() < swarm.views ? act : Act.OPEN;
      case PROPOSE -> active && !liar.isPrimaryOf(it.view()) ? Act.FLOW : act;
      case FLOW -> active || chance.percent(20) ? act : Act.ENTER;
      case ENTER -> soup.of(Kind.NEW_VIEW).isEmpty() ? Act.OPEN : act;
      case OPEN -> soup.of(Kind.VIEW_CHANGE).isEmpty() ? Act.FLOW : act;
      case JOIN -> soup.of(Kind.VIEW_CHANGE).isEmpty() ? Act.FLOW : act;
      case CERTIFY -> ballots.certified().isEmpty() ? Act.FLOW : act;
      case ROUND, CHANGE, DELIVER, REPLAY, VOTE, TIMER, WORK, CRASH, SYNC, BODY -> act;
    };
  }

  private void flow(Correct it) {
    int most = 1 + chance.below(8);
    for (var kind : FLOWING) {
      var sent = soup.of(kind);
      for (int i = 0, size = sent.size(); i < size && most > 0; i++) {
        if (!it.received.get(sent.get(i).number()) && !chance.percent(20)) {
          stage.receive(it, sent.get(i));
          settle(it);
          most--;
        }
      }
    }
  }

  private void deliver(Correct it, Kind kind, boolean unseen) {
    var sent = soup.of(kind);
    for (int tries = 0; tries < 3 && !sent.isEmpty(); tries++) {
      var picked = unseen ? chance.recent(sent) : chance.any(sent);
      if (!unseen || !it.received.get(picked.number())) {
        stage.receive(it, picked);
        return;
      }
    }
  }

  private void vote(Correct it) {
    int view = chance.percent(80) ? it.view() : chance.below(swarm.views + 1);
    if (chance.percent(30)) {
      stage.tell(it, liar.status(it.view()));
    } else {
      liar.vote(view, chance.percent(50)).ifPresent(vote -> stage.tell(it, vote));
    }
  }

  private void propose(Correct it) {
    int view = chance.percent(85) ? it.view() : chance.below(swarm.views + 1);
    if (liar.isPrimaryOf(view)) {
      int height = chance.percent(85) ? it.nextToPrepare() : 1 + chance.below(Blocks.HEIGHTS);
      liar.proposal(view, height, stage.invariants.lastPrepared(it.index, view))
          .ifPresent(proposal -> stage.tellAll(it, proposal));
    }
  }

  /** The replica sees a transaction passed over, and the liar complains too: mostly enough. */
  private void leave(Correct it) {
    if (it.view() < swarm.views) {
      stage.tell(it, liar.complaint(it.view()));
      stage.step(
          it, new Event.WorkPending<>(work(Optional.of(new Starved(PASSED_OVER, it.round())))));
      settle(it);
    }
  }

  private void join(Correct it) {
    var changes = soup.of(Kind.VIEW_CHANGE);
    if (!changes.isEmpty()) {
      var sent = chance.recent(changes);
      int view = ((ViewChange) sent.message().message()).claim().newView().value();
      stage.receive(it, sent);
      settle(it);
      if (chance.percent(80)) {
        stage.tell(it, liar.viewChange(view));
      }
    }
  }

  /** The primary of a view that others want gets their claims; the liar opens its own views. */
  private void open(Correct it) {
    var changes = soup.of(Kind.VIEW_CHANGE);
    if (changes.isEmpty()) {
      return;
    }
    var wanted = (ViewChange) chance.recent(changes).message().message();
    int view = wanted.claim().newView().value();
    if (liar.isPrimaryOf(view)) {
      liar.newView(view).ifPresent(opening -> stage.tellAll(it, opening));
      return;
    }
    hear(stage.correctAt(stage.cast.primaryOf(view)), view);
  }

  private void timer(Correct it) {
    if (!it.timers.isEmpty()) {
      var timer = chance.any(it.timers);
      if (it.view() < swarm.views || !((Enum<?>) timer).name().equals("VIEW")) {
        it.timers.remove(timer);
        stage.step(it, new Event.TimerFired<>(timer));
      }
    }
  }

  /** Proposals, then prepared certificates, then commit certificates; each reaches most. */
  private void round(List<Correct> few) {
    for (var it : few) {
      if (liar.isPrimaryOf(it.view())) {
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
  private void hearProposals(Correct it) {
    var proposals = soup.of(Kind.PROPOSAL);
    for (int i = 0; i < proposals.size(); i++) {
      var sent = proposals.get(i);
      if (!it.received.get(sent.number())
          && ((PrePrepare) sent.message().message()).view().value() == it.view()
          && !chance.percent(15)) {
        stage.receive(it, sent);
        settle(it);
      }
    }
  }

  /** Mostly the last certificate that exists. */
  private void certify(Correct it) {
    if (!ballots.certified().isEmpty()) {
      var ballot =
          chance.percent(50) ? ballots.certified().getLast() : chance.recent(ballots.certified());
      stage.tell(it, liar.certificate(ballot));
    }
  }

  /** A few leave, hear of each other and of the liar, and most enter what is opened. */
  private void change(List<Correct> few) {
    few.stream().filter(Correct::isActive).forEach(this::leave);
    int target = few.stream().mapToInt(Correct::view).max().orElse(0);
    for (var it : few) {
      if (it.view() < target || !it.isActive()) {
        hear(it, target);
      }
    }
    if (liar.isPrimaryOf(target)) {
      liar.newView(target).ifPresent(opening -> soup.add(liar.signed(opening)));
    }
    for (var it : few) {
      if (!it.isActive() && !soup.of(Kind.NEW_VIEW).isEmpty() && !chance.percent(15)) {
        stage.receive(it, soup.of(Kind.NEW_VIEW).getLast());
        settle(it);
      }
    }
    if (chance.percent(60)) {
      round(few);
    }
  }

  /** Most of the ViewChanges for a view, the liar's last. */
  private void hear(Correct it, int view) {
    var changes = soup.of(Kind.VIEW_CHANGE);
    for (int i = 0; i < changes.size(); i++) {
      var change = (ViewChange) changes.get(i).message().message();
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

  private void work(Correct it) {
    stage.step(it, new Event.WorkPending<>(work(Optional.empty())));
  }

  private Work work(Optional<Starved> starved) {
    return swarm.lone ? new Work(1, false, 1, starved) : new Work(1_000, true, 1_000, starved);
  }

  /** At once, or after so many visible effects of the next steps. */
  private void crash(Correct it) {
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
  private void sync(Correct it) {
    for (int most = 1 + chance.below(4); most > 0; most--) {
      nextFinal(it)
          .ifPresent(
              next -> stage.step(it, new Event.Synced<>(next.block, ballots.certificate(next))));
    }
  }

  private Optional<Ballot> nextFinal(Correct it) {
    return ballots.certified().stream()
        .filter(ballot -> ballot.type == VoteType.COMMIT && ballot.height() == it.height())
        .findFirst();
  }

  private void body(Correct it) {
    if (!it.wanted.isEmpty()) {
      var id = it.wanted.remove(chance.below(it.wanted.size()));
      stage.step(it, new Event.BlockArrived<>(stage.blocks.get(Blocks.numberOf(id))));
    }
  }

  private List<Correct> few() {
    int mask = swarm.few();
    var correct = stage.correct();
    var few = new ArrayList<Correct>(correct.size());
    for (int i = 0; i < correct.size(); i++) {
      if ((mask >> i & 1) == 1) {
        few.add(correct.get(i));
      }
    }
    return few;
  }
}
