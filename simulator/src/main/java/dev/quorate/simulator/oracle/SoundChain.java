package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Ancestors;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.evidence.EvidenceVerifier;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * O3: the chain is dense, every block follows its parent by all rules, and its id and roots are
 * those of its bytes. Each height is looked at once: that the nodes have the same is O1's.
 */
public final class SoundChain implements Oracle {
  private final Looked ancestors = new Looked(new HashSet<>(), new HashSet<>(), new HashMap<>());
  private @Nullable BlockRules rules;
  private @Nullable ChainState state;

  /** What the blocks hold that were looked at so far. */
  private record Looked(Set<Hash> ids, Set<Hash> offences, Map<Height, Instant> times)
      implements Ancestors {
    @Override
    public boolean hold(Hash transactionId) {
      return ids.contains(transactionId);
    }

    @Override
    public boolean holdOffence(Hash offence) {
      return offences.contains(offence);
    }

    @Override
    public Optional<Instant> timeAt(Height height) {
      return Optional.ofNullable(times.get(height));
    }

    void add(LedgerBlock block) {
      block.transactions().forEach(it -> ids.add(it.id()));
      block.readEvidence().orElseThrow().forEach(it -> offences.add(it.offence().id()));
      times.put(block.height(), block.header().time());
    }
  }

  @Override
  public String name() {
    return "O3 sound chain";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Delivered.class);
  }

  @Override
  public void see(Observation observation, World world) {
    if (observation instanceof Observation.Delivered(_, var node, _, var block, _)
        && world.node(node).isCorrect()) {
      if (rules == null || state == null) {
        var genesis = world.genesis();
        var proof = new EvidenceVerifier(genesis.chainId(), genesis.validatorSet(), world.scheme());
        rules = new BlockRules(genesis, proof);
        state = ChainState.genesis(world.genesis());
      }
      if (block.height().equals(state.height().next())) {
        var reason = fault(block, rules, state);
        if (!reason.isEmpty()) {
          world.violations().report(name(), node, block + ": " + reason);
          return;
        }
        ancestors.add(block);
        state = state.after(block);
      }
    }
  }

  private String fault(LedgerBlock block, BlockRules rules, ChainState parent) {
    var read = LedgerBlock.decode(block.encoded());
    if (read.isEmpty() || !read.get().id().equals(block.id())) {
      return "its bytes have another id";
    }
    return switch (rules.check(read.get(), parent, ancestors)) {
      case Verdict.Valid _ -> "";
      case Verdict.Invalid(var reason) -> reason;
    };
  }
}
