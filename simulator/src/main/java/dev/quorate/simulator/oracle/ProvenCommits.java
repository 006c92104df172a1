package dev.quorate.simulator.oracle;

import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitVerifier;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.Set;

/**
 * O4: every block that any correct node delivers has a commit, of that node's own, that the
 * independent verifier accepts.
 */
public final class ProvenCommits implements Oracle {
  @Override
  public String name() {
    return "O4 proven commits";
  }

  @Override
  public Set<Class<? extends Observation>> kinds() {
    return Set.of(Observation.Delivered.class);
  }

  @Override
  public void see(Observation observation, World world) {
    if (observation instanceof Observation.Delivered(_, var node, _, var block, var commit)
        && world.node(node).isCorrect()
        && verify(block, commit, world) instanceof CommitVerifier.Result.Refused(var reason)) {
      world.violations().report(name(), node, block + ": " + reason);
    }
  }

  private static CommitVerifier.Result verify(LedgerBlock block, Commit commit, World world) {
    return CommitVerifier.verify(
        commit,
        block.id(),
        block.header(),
        world.genesis().validatorSet(),
        world.genesis().chainId(),
        world.scheme());
  }
}
