package dev.quorate.consensus.pbft.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.Work.Starved;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.explorer.Broken.Rule;
import dev.quorate.consensus.pbft.explorer.Soup.Kind;
import dev.quorate.consensus.pbft.explorer.Soup.Sent;
import dev.quorate.consensus.pbft.explorer.Swarm.Act;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of three engines and a liar, decided by a seed. */
final class Trace {
  private static final Instant IN_TIME = Blocks.TIME;
  private static final Instant TOO_LATE = Blocks.TIME.plusSeconds(3_600);

  /** Where a trace ends: further on there is no room to write down who voted. */
  private static final int LAST_VIEW = 8;

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

  private static final Verdict INVALID = new Verdict.Invalid("the liar built it so");
  private static final Hash PASSED_OVER = Hash.sha256(Bytes.utf8("a transaction"));

  private final Chance chance;
  private final Swarm swarm;
  private final Cast cast;
  private final Blocks blocks = new Blocks();
  private final Ballots ballots;
  private final Soup soup = new Soup();
  private final Invariants invariants;
  private final Liar liar;
  private final List<Correct> correct = new ArrayList<>();
  private final @Nullable Journal journal;
  private final boolean agreementOnly;
  private int steps;

  /** Visible effects until a crash, negative when none is planned. */
  private int doom = -1;

  private Trace(long seed, boolean agreementOnly, boolean logged) {
    this.agreementOnly = agreementOnly;
    this.chance = new Chance(seed);
    this.cast = Cast.drawn(chance);
    this.swarm = new Swarm(chance);
    this.ballots = new Ballots(cast);
    this.invariants = new Invariants(cast, blocks, ballots, agreementOnly);
    this.liar = new Liar(cast, chance, blocks, ballots, soup);
    this.journal = logged ? new Journal(cast) : null;
    cast.correct().forEach(it -> correct.add(new Correct(it, cast)));
  }

  /**
   * How a trace ended.
   *
   * @param broken the rule that broke, or none
   * @param steps how many events engines took
   * @param highest the most blocks that one of them delivered
   * @param views views in which some certificate came to exist
   */
  record Outcome(Optional<Rule> broken, String detail, int steps, int highest, int views) {}

  /** Runs to the end, or to the first rule that breaks. */
  static Outcome run(long seed, boolean agreementOnly) {
    return new Trace(seed, agreementOnly, false).run();
  }

  /** The same with every event and effect in words. */
  static String log(long seed, boolean agreementOnly) {
    var trace = new Trace(seed, agreementOnly, true);
    var outcome = trace.run();
    return trace.journal
        + outcome.broken().map(rule -> rule + " does not hold: ").orElse("all holds")
        + outcome.detail();
  }

  private Outcome run() {
    Optional<Rule> broken = Optional.empty();
    var detail = "";
    try {
      correct.forEach(this::start);
      for (int i = 0; i < swarm.length && !isOver(); i++) {
        act(i);
      }
    } catch (Broken e) {
      broken = Optional.of(e.rule);
      detail = String.valueOf(e.getMessage());
    }
    int highest = correct.stream().mapToInt(it -> it.chain().size()).max().orElse(0);
    return new Outcome(broken, detail, steps, highest, ballots.viewsWithCertificates());
  }

  private boolean isOver() {
    for (var it : correct) {
      if (it.view() >= LAST_VIEW) {
        return true;
      }
    }
    return blocks.isFull();
  }

  private void act(int i) {
    var drawn = swarm.act(i);
    var it = correct.get(swarm.whom());
    switch (fitting(drawn, it)) {
      case FLOW -> flow(it);
      case DELIVER -> deliver(it, chance.any(TELLING), true);
      case REPLAY -> deliver(it, chance.any(TELLING), false);
      case CERTIFY -> certify(it);
      case VOTE -> vote(it);
      case PROPOSE -> propose(it);
      case ROUND -> round(few(swarm.few()));
      case CHANGE -> change(few(swarm.few()));
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
    if (!swarm.isLazy()) {
      settle(it);
    }
  }

  private List<Correct> few(int mask) {
    var few = new ArrayList<Correct>(correct.size());
    for (int i = 0; i < correct.size(); i++) {
      if ((mask >> i & 1) == 1) {
        few.add(correct.get(i));
      }
    }
    return few;
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

  private void start(Correct it) {
    step(it, new Event.Started<>());
    if (chance.percent(80)) {
      work(it);
    }
  }

  // ---- what can happen

  private void flow(Correct it) {
    int most = 1 + chance.below(8);
    for (var kind : FLOWING) {
      var sent = soup.of(kind);
      for (int i = 0, size = sent.size(); i < size && most > 0; i++) {
        if (!it.received.get(sent.get(i).number()) && !chance.percent(20)) {
          receive(it, sent.get(i));
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
        receive(it, picked);
        return;
      }
    }
  }

  private void receive(Correct it, Sent sent) {
    var message = sent.message();
    it.received.set(sent.number());
    if (!message.from().equals(cast.id(it.index))) {
      step(it, received(message));
    }
  }

  private void vote(Correct it) {
    int view = chance.percent(80) ? it.view() : chance.below(swarm.views + 1);
    liar.vote(view, chance.percent(50)).ifPresent(vote -> tell(it, vote));
  }

  private void propose(Correct it) {
    int view = chance.percent(85) ? it.view() : chance.below(swarm.views + 1);
    if (liar.isPrimaryOf(view)) {
      int height = chance.percent(85) ? it.nextToPrepare() : 1 + chance.below(Blocks.HEIGHTS);
      liar.proposal(view, height, invariants.lastPrepared(it.index, view))
          .ifPresent(proposal -> tellAll(it, proposal));
    }
  }

  /** The replica sees a transaction passed over, and the liar complains too: mostly enough. */
  private void leave(Correct it) {
    if (it.view() < swarm.views) {
      tell(it, liar.complaint(it.view()));
      step(it, new Event.WorkPending<>(work(Optional.of(new Starved(PASSED_OVER, it.round())))));
      settle(it);
    }
  }

  private void join(Correct it) {
    var changes = soup.of(Kind.VIEW_CHANGE);
    if (!changes.isEmpty()) {
      var sent = chance.recent(changes);
      int view = ((ViewChange) sent.message().message()).claim().newView().value();
      receive(it, sent);
      settle(it);
      if (chance.percent(80)) {
        tell(it, liar.viewChange(view));
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
      liar.newView(view).ifPresent(opening -> tellAll(it, opening));
      return;
    }
    hear(correctAt(cast.primaryOf(view)), view);
  }

  private void timer(Correct it) {
    if (!it.timers.isEmpty()) {
      var timer = chance.any(it.timers);
      if (it.view() < swarm.views || !((Enum<?>) timer).name().equals("VIEW")) {
        it.timers.remove(timer);
        step(it, new Event.TimerFired<>(timer));
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
      flow(it);
    }
    for (int certificates = 1 + chance.below(3); certificates > 0; certificates--) {
      for (var it : few) {
        if (chance.percent(60)) {
          certify(it);
          settle(it);
        }
      }
    }
  }

  /** Mostly the last certificate that exists. */
  private void certify(Correct it) {
    if (!ballots.certified().isEmpty()) {
      var ballot =
          chance.percent(50) ? ballots.certified().getLast() : chance.recent(ballots.certified());
      tell(it, liar.certificate(ballot));
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
        receive(it, soup.of(Kind.NEW_VIEW).getLast());
        settle(it);
      }
    }
  }

  /** Most of the ViewChanges for a view, the liar's last. */
  private void hear(Correct it, int view) {
    var changes = soup.of(Kind.VIEW_CHANGE);
    for (int i = 0; i < changes.size(); i++) {
      var change = (ViewChange) changes.get(i).message().message();
      if (change.claim().newView().value() == view && !chance.percent(15)) {
        receive(it, changes.get(i));
        settle(it);
      }
    }
    if (!chance.percent(15)) {
      tell(it, liar.viewChange(view));
      settle(it);
    }
  }

  private void work(Correct it) {
    step(it, new Event.WorkPending<>(work(Optional.empty())));
  }

  private Work work(Optional<Starved> starved) {
    return swarm.lone ? new Work(1, false, 1, starved) : new Work(1_000, true, 1_000, starved);
  }

  /** At once, or after so many visible effects of the next steps. */
  private void crash(Correct it) {
    if (chance.percent(50)) {
      doom = chance.below(4);
      flow(it);
      settle(it);
    }
    if (doom >= 0 || !chance.percent(50)) {
      restart(it);
    }
  }

  private void restart(Correct it) {
    doom = -1;
    if (journal != null) {
      journal.note(cast.nameOf(it.index) + " CRASHES");
    }
    it.crash();
    start(it);
  }

  private void sync(Correct it) {
    for (var ballot : ballots.certified()) {
      if (ballot.type == VoteType.COMMIT && ballot.height() == it.height()) {
        step(it, new Event.Synced<>(ballot.block, ballots.certificate(ballot)));
        return;
      }
    }
  }

  private void body(Correct it) {
    if (!it.wanted.isEmpty()) {
      var id = it.wanted.remove(chance.below(it.wanted.size()));
      step(it, new Event.BlockArrived<>(blocks.get(Blocks.numberOf(id))));
    }
  }

  // ---- how an engine is driven

  private void tell(Correct it, PbftMessage message) {
    step(it, received(liar.signed(message)));
  }

  /** One hears it now, the others when it comes to them. */
  private void tellAll(Correct it, PbftMessage message) {
    receive(it, soup.add(liar.signed(message)));
  }

  private Event<PbftMessage> received(Signed<PbftMessage> message) {
    return new Event.Received<>(message, chance.percent(2) ? TOO_LATE : IN_TIME);
  }

  /** Own messages come back, verdicts and built blocks arrive. */
  private void settle(Correct it) {
    while (!it.waiting.isEmpty()) {
      step(it, it.waiting.remove());
    }
  }

  private void step(Correct it, Event<PbftMessage> event) {
    steps++;
    if (journal != null) {
      journal.event(it.index, event);
    }
    var effects = stepped(it, event);
    for (var effect : effects) {
      if (journal != null) {
        journal.effect(effect);
      }
      if (effect instanceof Effect.Durable<PbftMessage> durable) {
        it.keep(durable);
        if (durable instanceof Effect.Commit<PbftMessage>(var block, var certificate)) {
          invariants.delivered(it.index, block, certificate);
        }
      }
    }
    for (var effect : effects) {
      if (effect instanceof Effect.Visible<PbftMessage> visible) {
        if (doom == 0) {
          restart(it);
          return;
        }
        doom = doom > 0 ? doom - 1 : doom;
        carryOut(it, visible);
      }
    }
  }

  private List<Effect<PbftMessage>> stepped(Correct it, Event<PbftMessage> event) {
    try {
      return it.step(event);
    } catch (RuntimeException e) {
      if (agreementOnly) {
        it.crash();
        return List.of();
      }
      var where = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
      throw new Broken(Rule.NO_EXCEPTION, cast.nameOf(it.index) + ": " + e + where);
    }
  }

  private void carryOut(Correct it, Effect.Visible<PbftMessage> effect) {
    switch (effect) {
      case Effect.Broadcast<PbftMessage>(var message) -> {
        var signed = send(it, message);
        it.waiting.add(new Event.Received<>(signed, IN_TIME));
      }
      case Effect.Send<PbftMessage>(var to, var message) -> send(it, message);
      case Effect.StartTimer<PbftMessage>(var timer, var delay) -> {
        it.timers.remove(timer);
        it.timers.add(timer);
      }
      case Effect.CancelTimer<PbftMessage>(var timer) -> it.timers.remove(timer);
      case Effect.BuildBlock<PbftMessage>(var ticket, var parent, var height) ->
          it.waiting.add(new Event.BlockBuilt<>(ticket, built(it, parent, height.value())));
      case Effect.CheckBlock<PbftMessage>(var block) ->
          it.waiting.add(
              new Event.BlockChecked<>(
                  block.id(), blocks.isValid(block.id()) ? Verdict.VALID : INVALID));
      case Effect.FetchBlock<PbftMessage>(var id, var height, var hint) -> it.wanted.add(id);
      case Effect.FetchCommitted<PbftMessage> fetch -> {}
      case Effect.Accuse<PbftMessage>(var first, var second) -> invariants.accused(it.index, first);
      case Effect.Ignored<PbftMessage> ignored -> {}
      case Effect.Halt<PbftMessage>(var reason) -> invariants.halted(it.index, reason);
    }
  }

  private Signed<PbftMessage> send(Correct it, PbftMessage message) {
    var signed = it.sign(message);
    invariants.said(it.index, signed.message(), it::hasStored);
    var sent = soup.add(signed);
    it.received.set(sent.number());
    return signed;
  }

  private Optional<Block> built(Correct it, BlockId parent, long height) {
    return height > Blocks.HEIGHTS || blocks.isFull()
        ? Optional.empty()
        : Optional.of(blocks.build((int) height, parent, cast.id(it.index), true));
  }

  private Correct correctAt(int index) {
    for (var it : correct) {
      if (it.index == index) {
        return it;
      }
    }
    throw new IllegalStateException("validator " + index + " is the liar");
  }
}
