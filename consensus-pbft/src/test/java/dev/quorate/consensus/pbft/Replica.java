package dev.quorate.consensus.pbft;

import static dev.quorate.consensus.pbft.Validators.CHAIN;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One engine driven by hand: what it asks of its replica (checking, building) is answered at once,
 * its own messages come back, and all its effects are kept for the test to look at.
 */
final class Replica {
  final ValidatorId self;
  private final Validators validators;
  private final Engine<PbftMessage> engine;
  private final List<Effect<PbftMessage>> effects = new ArrayList<>();
  private final List<Block> proposed = new ArrayList<>();
  private Instant now = Validators.GENESIS_TIME.plusMillis(100);

  private Replica(
      Validators validators, String name, Restored restored, SortedMap<String, Long> parameters) {
    this.validators = validators;
    this.self = validators.id(name);
    var context = new EngineContext(CHAIN, self, validators.set(), new Height(1), parameters);
    this.engine = new PbftProvider().restore(context, restored);
    step(new Event.Started<>());
  }

  /** A fresh one of the four at genesis. */
  static Replica fresh(String name) {
    return restored(name, Optional.empty(), List.of());
  }

  /** One of the four, at genesis, with what it had saved. */
  static Replica restored(String name, Optional<Bytes> state, List<Block> undelivered) {
    return restored(name, atGenesis(state, undelivered));
  }

  /** A fresh one at genesis, where the primary changes after so many heights. */
  static Replica rotating(String name, long heights) {
    var parameters = new TreeMap<String, Long>();
    parameters.put("rotation", heights);
    var restored = atGenesis(Optional.empty(), List.of());
    return new Replica(Validators.FOUR, name, restored, parameters);
  }

  private static Restored atGenesis(Optional<Bytes> state, List<Block> undelivered) {
    var tip = new Restored.Tip(new Height(0), BlockId.NONE, Validators.GENESIS_TIME);
    return new Restored(state, tip, Optional.empty(), undelivered);
  }

  /** One of the four with all that it finds at a start. */
  static Replica restored(String name, Restored restored) {
    return new Replica(Validators.FOUR, name, restored, new TreeMap<>());
  }

  Engine<PbftMessage> engine() {
    return engine;
  }

  Replica at(Instant time) {
    now = time;
    return this;
  }

  /** Gives the engine a message of a validator. */
  Replica receive(String from, PbftMessage message) {
    step(new Event.Received<>(Validators.signed(validators.id(from), message), now));
    return this;
  }

  /** The proposal of a primary. */
  Replica propose(String primary, int view, Block block) {
    var vote = Validators.vote(VoteType.PREPARE, view, block, validators.id(primary));
    return receive(primary, new PrePrepare(block, vote));
  }

  /** PREPAREs of several validators, by their letters. */
  Replica prepares(String names, int view, Block block) {
    for (var name : letters(names)) {
      var vote = Validators.vote(VoteType.PREPARE, view, block, validators.id(name));
      receive(name, new Prepare(vote));
    }
    return this;
  }

  /** COMMITs of several validators, by their letters. */
  Replica commits(String names, int view, Block block) {
    for (var name : letters(names)) {
      var vote = Validators.vote(VoteType.COMMIT, view, block, validators.id(name));
      receive(name, new Commit(vote));
    }
    return this;
  }

  Replica work(int transactions, boolean full) {
    return step(new Event.WorkPending<>(new Work(transactions, full, transactions)));
  }

  Replica fire(PbftTimer timer) {
    return step(new Event.TimerFired<>(timer));
  }

  /** Steps, and then answers what needs no other validator, in the order of asking. */
  Replica step(Event<PbftMessage> event) {
    var events = new ArrayDeque<>(List.of(event));
    while (!events.isEmpty()) {
      for (var effect : engine.step(events.remove())) {
        effects.add(effect);
        answer(effect).ifPresent(events::add);
      }
    }
    return this;
  }

  private Optional<Event<PbftMessage>> answer(Effect<PbftMessage> effect) {
    return switch (effect) {
      case Effect.CheckBlock<PbftMessage>(var block) ->
          Optional.of(new Event.BlockChecked<>(block.id(), verdictOf(block)));
      case Effect.BuildBlock<PbftMessage>(var ticket, var parent, var height, _, _) -> {
        var built = Validators.block(height.value(), parent, self, "block " + ticket);
        yield Optional.of(new Event.BlockBuilt<>(ticket, Optional.of(built)));
      }
      case Effect.Broadcast<PbftMessage>(var message) -> {
        if (message instanceof PrePrepare it) {
          proposed.add(it.block());
        }
        yield Optional.of(new Event.Received<>(Validators.signed(self, message), now));
      }
      default -> Optional.empty();
    };
  }

  /** The effects since this was last asked. */
  List<Effect<PbftMessage>> effects() {
    var taken = List.copyOf(effects);
    effects.clear();
    return taken;
  }

  /** What this replica proposed at a height. */
  Block proposalAt(long height) {
    return proposed.stream().filter(it -> it.height().value() == height).findFirst().orElseThrow();
  }

  /** The messages among them that went to everybody, Status left out. */
  List<PbftMessage> broadcasts() {
    return effects().stream()
        .flatMap(
            effect ->
                effect instanceof Effect.Broadcast<PbftMessage>(var message)
                    ? Optional.of(message).stream()
                    : Optional.<PbftMessage>empty().stream())
        .filter(message -> !(message instanceof Status))
        .toList();
  }

  /** What was broadcast, in short: {@code prepare h1}, {@code commit h2}. */
  List<String> said() {
    return broadcasts().stream().map(Replica::shortly).toList();
  }

  /** The saved state that a restart would find, from the last effects. */
  static Optional<Bytes> lastState(List<Effect<PbftMessage>> effects) {
    return effects.stream()
        .flatMap(
            effect ->
                effect instanceof Effect.Persist<PbftMessage>(var state)
                    ? Optional.of(state.encode()).stream()
                    : Optional.<Bytes>empty().stream())
        .reduce((first, second) -> second);
  }

  static String shortly(PbftMessage message) {
    return switch (message) {
      case PrePrepare it -> "pre-prepare h" + it.block().height();
      case Prepare it -> "prepare h" + it.vote().vote().height();
      case Commit it -> "commit h" + it.vote().vote().height();
      case CertificateMessage it -> "certificate h" + it.certificate().height();
      case Status it -> "status h" + it.committed();
      case Complain it -> "complain v" + it.view();
      case Conflict it -> "conflict v" + it.first().vote().round();
      case ViewChange it -> "view-change v" + it.claim().newView();
      case NewView it -> "new-view v" + it.view();
    };
  }

  private static List<String> letters(String names) {
    return names.chars().mapToObj(letter -> String.valueOf((char) letter)).toList();
  }

  /** A block is invalid here when its content says so. */
  private static Verdict verdictOf(Block block) {
    var body = block.body().encoded();
    var content = new String(body.slice(104, body.length()).toArray(), StandardCharsets.UTF_8);
    return content.startsWith("invalid") ? new Verdict.Invalid("it says so") : Verdict.VALID;
  }
}
