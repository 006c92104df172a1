package dev.quorate.replica.conveyor;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.MessageFilter;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** See the package: a leader, one vote each, a window of two blocks. */
final class ConveyorEngine implements Engine<ConveyorMessage> {
  static final Duration HEARTBEAT = Duration.ofMillis(100);
  static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int WINDOW = 2;

  private final EngineContext context;
  private final boolean abandons;
  private final Map<BlockId, Block> bodies = new LinkedHashMap<>();
  private final TreeMap<Height, Block> belt = new TreeMap<>();
  private final TreeMap<Height, SignedVote> own = new TreeMap<>();
  private final TreeMap<Height, Map<ValidatorId, SignedVote>> ballots = new TreeMap<>();
  private List<Effect<ConveyorMessage>> effects = new ArrayList<>();
  private Height height;
  private BlockId tip;
  private Round round = Round.ZERO;
  private Work work = Work.NONE;
  private long ticket;
  private boolean building;

  ConveyorEngine(EngineContext context, Restored restored) {
    this.context = context;
    this.abandons = context.parameters().getOrDefault(ConveyorProvider.ABANDON, 0L) == 1;
    this.height = restored.tip().height().next();
    this.tip = restored.tip().id();
    restored.state().map(ConveyorState::decode).ifPresent(this::resume);
    for (var block : restored.undelivered()) {
      bodies.put(block.id(), block);
      var vote = own.get(block.height());
      if (vote != null && vote.vote().blockId().equals(block.id())) {
        belt.put(block.height(), block);
      }
    }
  }

  private void resume(ConveyorState state) {
    round = state.round();
    for (var vote : state.votes()) {
      if (!height.isAbove(vote.vote().height())) {
        own.put(vote.vote().height(), vote);
      }
    }
  }

  @Override
  public List<Effect<ConveyorMessage>> step(Event<ConveyorMessage> event) {
    effects = new ArrayList<>();
    switch (event) {
      case Event.Started<ConveyorMessage>() -> {
        effects.add(new Effect.StartTimer<>(ConveyorTimer.HEARTBEAT, HEARTBEAT));
        repeat();
      }
      case Event.Received<ConveyorMessage>(var signed, _) ->
          received(signed.from(), signed.message());
      case Event.TimerFired<ConveyorMessage>(var timer) -> fired((ConveyorTimer) timer);
      case Event.BlockBuilt<ConveyorMessage>(var answered, var block) -> {
        if (answered == ticket) {
          building = false;
          block.ifPresent(this::propose);
        }
      }
      case Event.BlockChecked<ConveyorMessage>(var id, var verdict) -> checked(id, verdict);
      case Event.BlockArrived<ConveyorMessage>(var block) -> {
        if (block.id().equals(decided())) {
          belt.clear();
        }
        consider(block);
      }
      case Event.Synced<ConveyorMessage>(var block, var certificate) -> {
        if (block.height().equals(height) && block.parent().equals(tip)) {
          deliver(block, certificate);
        }
      }
      case Event.PeerConnected<ConveyorMessage>(var peer) ->
          effects.add(new Effect.Send<>(peer, new ConveyorMessage.Tip(height.previous(), round)));
      case Event.SignRefused<ConveyorMessage>(var position, _) ->
          effects.add(new Effect.Halt<>("the guard refused " + position));
      case Event.WorkPending<ConveyorMessage>(var now) -> {
        if (now.pending() > 0 && work.pending() == 0) {
          effects.add(new Effect.StartTimer<>(ConveyorTimer.PATIENCE, PATIENCE));
        }
        work = now;
      }
    }
    build();
    return effects;
  }

  @Override
  public EngineStatus status() {
    return new EngineStatus(height, "round", round, "leader", leader(round), true, belt.size());
  }

  @Override
  public MessageFilter<ConveyorMessage> filter() {
    var open = height;
    return message ->
        !(message instanceof ConveyorMessage.Ballot(var vote))
            || !open.isAbove(vote.vote().height());
  }

  @Override
  public List<ConveyorMessage> heardFrom(ValidatorId validator) {
    return ballots.values().stream()
        .flatMap(it -> it.values().stream())
        .filter(it -> it.validator().equals(validator))
        .<ConveyorMessage>map(ConveyorMessage.Ballot::new)
        .toList();
  }

  @Override
  public Standing standing() {
    var committed = height.previous();
    var highest = own.isEmpty() ? committed : own.lastKey();
    return new Standing(committed, highest, round, round);
  }

  @Override
  public boolean isBeyond(Certificate commit, Standing reported) {
    return commit.height().isAbove(reported.highest().plus(WINDOW))
        && commit.round().value() > reported.pending().value() + 1;
  }

  private ValidatorId leader(Round of) {
    var members = context.validators().members();
    return members.get(of.value() % members.size()).id();
  }

  private void received(ValidatorId from, ConveyorMessage message) {
    switch (message) {
      case ConveyorMessage.Propose(var its, var block) -> {
        if (!leader(its).equals(from) || round.compareTo(its) > 0) {
          effects.add(new Effect.Ignored<>(from, "not the leader"));
          return;
        }
        if (its.compareTo(round) > 0) {
          enter(its);
        }
        consider(block);
      }
      case ConveyorMessage.Ballot(var vote) -> count(from, vote);
      case ConveyorMessage.Tip(var reached, var its) -> {
        if (its.compareTo(round) > 0) {
          enter(its);
        }
        if (!height.isAbove(reached)) {
          effects.add(new Effect.FetchCommitted<>(from, height, reached));
        }
      }
    }
  }

  private void fired(ConveyorTimer timer) {
    switch (timer) {
      case HEARTBEAT -> {
        effects.add(new Effect.StartTimer<>(ConveyorTimer.HEARTBEAT, HEARTBEAT));
        effects.add(new Effect.Broadcast<>(new ConveyorMessage.Tip(height.previous(), round)));
        repeat();
      }
      case PATIENCE -> {
        if (work.pending() > 0 || !belt.isEmpty()) {
          enter(new Round(round.value() + 1));
        }
      }
    }
  }

  private void enter(Round next) {
    round = next;
    building = false;
    if (abandons) {
      belt.clear();
      own.clear();
    }
    belt.values().forEach(this::vote);
    persist();
    effects.add(new Effect.StartTimer<>(ConveyorTimer.PATIENCE, PATIENCE));
  }

  private void repeat() {
    if (leader(round).equals(context.self())) {
      for (var block : belt.values()) {
        effects.add(new Effect.Broadcast<>(new ConveyorMessage.Propose(round, block)));
      }
    }
    for (var vote : own.values()) {
      if (vote.vote().round().equals(round)) {
        effects.add(new Effect.Broadcast<>(new ConveyorMessage.Ballot(vote)));
      }
    }
  }

  private void build() {
    boolean room = belt.size() < WINDOW;
    if (leader(round).equals(context.self()) && !building && room && work.pickable() > 0) {
      building = true;
      work = new Work(0, false, work.pending());
      effects.add(
          new Effect.BuildBlock<>(
              ++ticket, top(), height.plus(belt.size()), Optional.empty(), Effect.IfEmpty.DECLINE));
    }
  }

  private BlockId top() {
    return belt.isEmpty() ? tip : belt.lastEntry().getValue().id();
  }

  private void propose(Block block) {
    bodies.put(block.id(), block);
    belt.put(block.height(), block);
    effects.add(new Effect.Broadcast<>(new ConveyorMessage.Propose(round, block)));
    vote(block);
  }

  private void consider(Block block) {
    if (height.isAbove(block.height()) || belt.containsValue(block)) {
      return;
    }
    bodies.put(block.id(), block);
    if (block.parent().equals(top())) {
      effects.add(new Effect.CheckBlock<>(block));
    }
  }

  private void checked(BlockId id, Verdict verdict) {
    var block = bodies.get(id);
    if (block == null || !(verdict instanceof Verdict.Valid)) {
      effects.add(new Effect.Ignored<>(leader(round), "invalid block"));
    } else if (block.parent().equals(top())) {
      belt.put(block.height(), block);
      vote(block);
      for (var next : List.copyOf(bodies.values())) {
        consider(next);
      }
      commit();
    }
  }

  private void vote(Block block) {
    var vote =
        new Vote(VoteType.COMMIT, block.height(), round, block.id(), block.time(), context.self());
    own.put(block.height(), SignedVote.unsigned(vote));
    effects.add(new Effect.Store<>(block));
    persist();
    effects.add(new Effect.Broadcast<>(new ConveyorMessage.Ballot(SignedVote.unsigned(vote))));
  }

  private void count(ValidatorId from, SignedVote vote) {
    if (height.isAbove(vote.vote().height())) {
      effects.add(new Effect.Ignored<>(from, "a vote for a final height"));
      return;
    }
    var votes = ballots.computeIfAbsent(vote.vote().height(), _ -> new LinkedHashMap<>());
    var before = votes.put(vote.validator(), vote);
    if (before != null
        && before.vote().round().equals(vote.vote().round())
        && !before.vote().blockId().equals(vote.vote().blockId())) {
      effects.add(new Effect.Accuse<>(before, vote));
    }
    commit();
  }

  private void commit() {
    for (var id = decided(); !id.isNone(); id = decided()) {
      var block = belt.get(height);
      if (block == null || !block.id().equals(id)) {
        var hint = ballots.getOrDefault(height, Map.of()).keySet().iterator().next();
        effects.add(new Effect.FetchBlock<>(id, height, hint));
        return;
      }
      deliver(block, certificate(block));
    }
  }

  /** The block that a quorum votes for in one round at the lowest open height. */
  private BlockId decided() {
    var votes = ballots.getOrDefault(height, Map.of()).values();
    for (var candidate : votes) {
      var same = votes.stream().filter(it -> agrees(it, candidate)).map(SignedVote::validator);
      if (context.validators().isQuorum(same.toList())) {
        return candidate.vote().blockId();
      }
    }
    return BlockId.NONE;
  }

  private Certificate certificate(Block block) {
    var votes = ballots.getOrDefault(height, Map.of()).values();
    for (var candidate : votes) {
      var same = votes.stream().filter(it -> agrees(it, candidate)).toList();
      var signers = same.stream().map(SignedVote::validator).toList();
      if (context.validators().isQuorum(signers)) {
        return new Certificate(
            VoteType.COMMIT,
            height,
            candidate.vote().round(),
            block.id(),
            block.time(),
            same.stream()
                .map(it -> new Certificate.Signer(it.validator(), it.signature()))
                .toList());
      }
    }
    throw new IllegalStateException("no quorum for " + block);
  }

  private static boolean agrees(SignedVote one, SignedVote other) {
    return one.vote().blockId().equals(other.vote().blockId())
        && one.vote().round().equals(other.vote().round());
  }

  private void deliver(Block block, Certificate certificate) {
    effects.add(new Effect.Commit<>(block, certificate));
    belt.remove(height);
    if (!belt.isEmpty() && !belt.firstEntry().getValue().parent().equals(block.id())) {
      belt.clear();
    }
    own.headMap(height, true).clear();
    ballots.headMap(height, true).clear();
    bodies.values().removeIf(it -> !it.height().isAbove(height));
    tip = block.id();
    height = height.next();
    persist();
    effects.add(new Effect.CancelTimer<>(ConveyorTimer.PATIENCE));
    if (work.pending() > 0) {
      effects.add(new Effect.StartTimer<>(ConveyorTimer.PATIENCE, PATIENCE));
    }
    for (var next : List.copyOf(bodies.values())) {
      consider(next);
    }
  }

  private void persist() {
    effects.add(new Effect.Persist<>(new ConveyorState(round, List.copyOf(own.values()))));
  }
}
