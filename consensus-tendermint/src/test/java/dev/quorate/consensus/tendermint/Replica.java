package dev.quorate.consensus.tendermint;

import static dev.quorate.consensus.tendermint.Validators.CHAIN;

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
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.TendermintTimer.Timeout;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
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
  private final Engine<TendermintMessage> engine;
  private final List<Effect<TendermintMessage>> effects = new ArrayList<>();
  private boolean checksAreAnswered = true;
  private boolean canBuild = true;
  private boolean hearsItself = true;
  private Optional<Bytes> saved;
  private Instant now = Validators.GENESIS_TIME.plusMillis(100);
  private int ownBlocks;
  private int pool;

  private Replica(
      Validators validators, String name, Restored restored, SortedMap<String, Long> parameters) {
    this.validators = validators;
    this.self = validators.id(name);
    this.saved = restored.state();
    var context = new EngineContext(CHAIN, self, validators.set(), new Height(1), parameters);
    this.engine = new TendermintProvider().restore(context, restored);
    step(new Event.Started<>());
  }

  /** A fresh one of the four at genesis, asleep. */
  static Replica fresh(String name) {
    return restored(name, Optional.empty(), List.of());
  }

  /** The same in which a transaction waits, so that round 0 has begun. */
  static Replica awake(String name) {
    var replica = fresh(name).work(1);
    replica.effects();
    return replica;
  }

  /** The same in a later round, having heard nothing but nil precommits. */
  static Replica inRound(String name, int round) {
    var replica = awake(name);
    for (int it = 0; it < round; it++) {
      replica.timeout(Step.PROPOSE, it).nilPrecommits("abcd".replace(name, ""), it);
      replica.timeout(Step.PRECOMMIT, it);
    }
    replica.effects();
    return replica;
  }

  /** One of the four, at genesis, with what it had saved. */
  static Replica restored(String name, Optional<Bytes> state, List<Block> undelivered) {
    return restored(name, atGenesis(state, undelivered));
  }

  static Replica restored(String name, Restored restored) {
    return new Replica(Validators.FOUR, name, restored, new TreeMap<>());
  }

  static Replica with(Validators validators, String name, SortedMap<String, Long> parameters) {
    return new Replica(validators, name, atGenesis(Optional.empty(), List.of()), parameters);
  }

  static Restored atGenesis(Optional<Bytes> state, List<Block> undelivered) {
    var tip = new Restored.Tip(new Height(0), BlockId.NONE, Validators.GENESIS_TIME);
    return new Restored(state, tip, Optional.empty(), undelivered);
  }

  Engine<TendermintMessage> engine() {
    return engine;
  }

  Replica at(Instant time) {
    now = time;
    return this;
  }

  /** From now on blocks are judged only by {@link #judge}. */
  Replica withoutChecks() {
    checksAreAnswered = false;
    return this;
  }

  /** From now on its own messages do not come back: it dies before they have left. */
  Replica withoutOwnWords() {
    hearsItself = false;
    return this;
  }

  /** From now on no block can be built. */
  Replica withoutBlocks() {
    canBuild = false;
    return this;
  }

  Replica judge(Block block) {
    return step(new Event.BlockChecked<>(block.id(), verdictOf(block)));
  }

  /** Gives the engine a message of a validator. */
  Replica receive(String from, TendermintMessage message) {
    return step(new Event.Received<>(Validators.signed(validators.id(from), message), now));
  }

  /** A fresh proposal. */
  Replica propose(String proposer, int round, Block block) {
    return propose(proposer, round, block, Optional.empty());
  }

  /** A block that had a polka in an earlier round. */
  Replica propose(String proposer, int round, Block block, int validRound) {
    return propose(proposer, round, block, Optional.of(new Round(validRound)));
  }

  private Replica propose(String proposer, int round, Block block, Optional<Round> validRound) {
    var id = validators.id(proposer);
    return receive(proposer, Proposal.unsigned(block, new Round(round), validRound, id));
  }

  /** Prevotes of several validators, by their letters. */
  Replica prevotes(String names, int round, Block block) {
    return votes(VoteType.PREPARE, names, round, block.height().value(), Optional.of(block));
  }

  Replica nilPrevotes(String names, int round) {
    return votes(VoteType.PREPARE, names, round, height(), Optional.empty());
  }

  Replica precommits(String names, int round, Block block) {
    return votes(VoteType.COMMIT, names, round, block.height().value(), Optional.of(block));
  }

  /** A prevote for nil at another height than the current one. */
  Replica nilPrevotesAt(String name, long height, int round) {
    return votes(VoteType.PREPARE, name, round, height, Optional.empty());
  }

  Replica nilPrecommits(String names, int round) {
    return votes(VoteType.COMMIT, names, round, height(), Optional.empty());
  }

  private Replica votes(
      VoteType type, String names, int round, long height, Optional<Block> block) {
    for (var name : letters(names)) {
      var vote = Validators.vote(type, round, height, block, validators.id(name));
      receive(
          name,
          switch (type) {
            case PREPARE -> new Prevote(vote);
            case COMMIT -> new Precommit(vote);
          });
    }
    return this;
  }

  Replica polka(String from, int round, Block block, String signers) {
    return certificate(from, VoteType.PREPARE, round, block, signers);
  }

  Replica commit(String from, int round, Block block, String signers) {
    return certificate(from, VoteType.COMMIT, round, block, signers);
  }

  private Replica certificate(String from, VoteType type, int round, Block block, String signers) {
    return receive(
        from, new CertificateMessage(validators.certificate(type, round, block, signers)));
  }

  /** What waits in the pool; the next decided block has all of it. */
  Replica work(int transactions) {
    pool = transactions;
    return step(new Event.WorkPending<>(new Work(transactions, false, transactions)));
  }

  Replica fire(TendermintTimer timer) {
    return step(new Event.TimerFired<>(timer));
  }

  /** A timeout of a round at the current height. */
  Replica timeout(Step step, int round) {
    return fire(new Timeout(step, new Height(height()), new Round(round)));
  }

  long height() {
    return engine.status().height().value();
  }

  int round() {
    return engine.status().round().value();
  }

  /** Steps, and then answers what needs no other validator, in the order of asking. */
  Replica step(Event<TendermintMessage> event) {
    var events = new ArrayDeque<>(List.of(event));
    while (!events.isEmpty()) {
      for (var effect : engine.step(events.remove())) {
        effects.add(effect);
        answer(effect).ifPresent(events::add);
      }
    }
    return this;
  }

  private Optional<Event<TendermintMessage>> answer(Effect<TendermintMessage> effect) {
    return switch (effect) {
      case Effect.Persist<TendermintMessage>(var state) -> {
        saved = Optional.of(state.encode());
        yield Optional.empty();
      }
      case Effect.Commit<TendermintMessage> _ -> {
        pool = 0;
        yield Optional.of(new Event.WorkPending<>(Work.NONE));
      }
      case Effect.CheckBlock<TendermintMessage>(var block) ->
          checksAreAnswered
              ? Optional.of(new Event.BlockChecked<>(block.id(), verdictOf(block)))
              : Optional.empty();
      case Effect.BuildBlock<TendermintMessage>(
              var ticket,
              var parent,
              var height,
              _,
              var ifEmpty) ->
          Optional.of(new Event.BlockBuilt<>(ticket, build(parent, height, ifEmpty)));
      case Effect.Broadcast<TendermintMessage>(var message) ->
          hearsItself
              ? Optional.of(new Event.Received<>(Validators.signed(self, message), now))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Block> build(BlockId parent, Height height, Effect.IfEmpty ifEmpty) {
    if (!canBuild || (pool == 0 && ifEmpty == Effect.IfEmpty.DECLINE)) {
      return Optional.empty();
    }
    var content = (pool == 0 ? "empty " : "own ") + ownBlocks++;
    pool = 0;
    return Optional.of(Validators.block(height.value(), parent, self, content));
  }

  /** The effects since this was last asked. */
  List<Effect<TendermintMessage>> effects() {
    var taken = List.copyOf(effects);
    effects.clear();
    return taken;
  }

  /** What a restart finds of the engine's state. */
  Optional<Bytes> saved() {
    return saved;
  }

  TendermintState state() {
    return TendermintStateCodec.decode(saved.orElseThrow());
  }

  /** What was broadcast since this was last asked, Status and own repeated words left out. */
  List<String> said() {
    return broadcasts().stream().map(this::shortly).toList();
  }

  /** New promises: what was broadcast unsigned. */
  List<TendermintMessage> broadcasts() {
    return effects().stream()
        .flatMap(
            effect ->
                effect instanceof Effect.Broadcast<TendermintMessage>(var message)
                    ? Optional.of(message).stream()
                    : Optional.<TendermintMessage>empty().stream())
        .filter(message -> !message.signRequests(CHAIN).isEmpty())
        .toList();
  }

  /** {@code propose r0}, {@code prevote r0 x}, {@code precommit r1 nil}. */
  private String shortly(TendermintMessage message) {
    return switch (message) {
      case Proposal it ->
          "propose r%s%s %s"
              .formatted(
                  it.round(),
                  it.validRound().map(valid -> " valid r" + valid).orElse(""),
                  contentOf(it.block()));
      case Prevote(var vote) ->
          "prevote r" + vote.vote().round() + " " + named(vote.vote().blockId());
      case Precommit(var vote) ->
          "precommit r" + vote.vote().round() + " " + named(vote.vote().blockId());
      case CertificateMessage it -> "certificate r" + it.certificate().round();
      case Status it -> "status h" + it.height();
      case TendermintMessage other -> other.toString();
    };
  }

  private String named(BlockId id) {
    return id.isNone() ? "nil" : Validators.nameOf(id);
  }

  static String contentOf(Block block) {
    var body = block.body().encoded();
    return new String(body.slice(104, body.length()).toArray(), StandardCharsets.UTF_8);
  }

  static List<String> letters(String names) {
    return names.chars().mapToObj(letter -> String.valueOf((char) letter)).toList();
  }

  /** A block is invalid here when its content says so. */
  static Verdict verdictOf(Block block) {
    return contentOf(block).startsWith("invalid")
        ? new Verdict.Invalid("it says so")
        : Verdict.VALID;
  }
}
