package dev.quorate.simulator.contract;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.MessageVerifier;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlockReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one engine went through, from its first step on an empty disk, and what it answered.
 *
 * @param provider of the engine, or of one that is to be held against the same life
 * @param scheme under which the signatures in it are valid
 */
record EngineLife<M extends Message<M>>(
    EngineProvider<M> provider,
    Genesis genesis,
    SignatureScheme scheme,
    ValidatorId self,
    List<Step<M>> steps) {

  /** One event and its effects. */
  record Step<M extends Message<M>>(Event<M> event, List<Effect<M>> effects) {}

  EngineLife {
    steps = List.copyOf(steps);
  }

  /** The same life, with another engine to be held against it. */
  EngineLife<M> with(EngineProvider<M> other) {
    return new EngineLife<>(other, genesis, scheme, self, steps);
  }

  EngineContext context() {
    return new EngineContext(
        genesis.chainId(),
        self,
        genesis.validatorSet(),
        genesis.initialHeight(),
        genesis.parameters());
  }

  /** The engine on an empty disk. */
  Engine<M> born() {
    return provider.restore(context(), Disk.<M>empty(genesis).restored());
  }

  /** The engine as it comes back after so many steps. */
  Engine<M> revived(int after) {
    return provider.restore(context(), diskAfter(after).restored());
  }

  /** The engine after so many steps, which never crashed. */
  Engine<M> livedUntil(int count) {
    var engine = born();
    steps.subList(0, count).forEach(it -> engine.step(it.event()));
    return engine;
  }

  /** What is on the disk after so many steps. */
  Disk<M> diskAfter(int count) {
    var disk = Disk.<M>empty(genesis);
    steps.subList(0, count).forEach(it -> disk.write(it.effects()));
    return disk;
  }

  MessageCodec<M> codec() {
    return provider.codec(new LedgerBlockReader(genesis.limits()));
  }

  MessageVerifier<M> verifier() {
    return new MessageVerifier<>(genesis.chainId(), genesis.validatorSet(), scheme);
  }

  /** All messages that came, own ones among them, in their order. */
  List<Signed<M>> heard() {
    return heard(0);
  }

  /** Those that came after so many steps. */
  List<Signed<M>> heard(int after) {
    var heard = new ArrayList<Signed<M>>();
    for (var step : steps.subList(after, steps.size())) {
      if (step.event() instanceof Event.Received<M>(var message, _)) {
        heard.add(message);
      }
    }
    return heard;
  }

  /** A few messages of each kind. */
  List<M> specimens(int ofEach) {
    var kinds = new LinkedHashMap<Class<?>, List<M>>();
    for (var signed : heard()) {
      var kind = kinds.computeIfAbsent(signed.message().getClass(), _ -> new ArrayList<>());
      if (kind.size() < ofEach) {
        kind.add(signed.message());
      }
    }
    return kinds.values().stream().flatMap(List::stream).toList();
  }

  /** All that was delivered, by height. */
  Map<Height, Effect.Commit<M>> commits() {
    var commits = new LinkedHashMap<Height, Effect.Commit<M>>();
    for (var step : steps) {
      for (var effect : step.effects()) {
        if (effect instanceof Effect.Commit<M> commit) {
          commits.put(commit.block().height(), commit);
        }
      }
    }
    return commits;
  }

  /** All blocks that were found valid or built here. */
  Map<BlockId, Block> blocks() {
    var blocks = new LinkedHashMap<BlockId, Block>();
    for (var step : steps) {
      for (var effect : step.effects()) {
        if (effect instanceof Effect.Store<M>(var block)) {
          blocks.put(block.id(), block);
        } else if (effect instanceof Effect.Commit<M>(var block, _)) {
          blocks.put(block.id(), block);
        }
      }
    }
    return blocks;
  }
}
