package dev.quorate.simulator.oracle;

import dev.quorate.consensus.core.Verdict;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * O3: the chain is dense, every block follows its parent by all rules, and its id and roots are
 * those of its bytes. Each height is looked at once: that the nodes have the same is O1's.
 */
public final class SoundChain implements Oracle {
  private final Set<Hash> ids = new HashSet<>();
  private @Nullable BlockRules rules;
  private @Nullable ChainState state;

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
        rules = new BlockRules(world.genesis());
        state = ChainState.genesis(world.genesis());
      }
      if (block.height().equals(state.height().next())) {
        var reason = fault(block, rules, state);
        if (!reason.isEmpty()) {
          world.violations().report(name(), node, block + ": " + reason);
          return;
        }
        block.transactions().forEach(it -> ids.add(it.id()));
        state = state.after(block);
      }
    }
  }

  private String fault(LedgerBlock block, BlockRules rules, ChainState parent) {
    var read = LedgerBlock.decode(block.encoded());
    if (read.isEmpty() || !read.get().id().equals(block.id())) {
      return "its bytes have another id";
    }
    return switch (rules.check(read.get(), parent, ids::contains)) {
      case Verdict.Valid _ -> "";
      case Verdict.Invalid(var reason) -> reason;
    };
  }
}
