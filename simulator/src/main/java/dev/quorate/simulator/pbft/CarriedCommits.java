package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * O8: what one correct validator has delivered by a commit certificate of a view, every new view
 * above that a correct validator enters carries: its base is that block or a descendant.
 *
 * <p>Both sides are remembered, so it does not matter which is seen first: late COMMITs may prove a
 * block final long after the next view began.
 */
final class CarriedCommits implements Oracle {
  private final Lineage lineage;
  private final Map<Height, Final> finals = new TreeMap<>();
  private final List<Entry> entries = new ArrayList<>();

  /** A block that is final since a view, the lowest that is known. */
  private record Final(BlockId id, int view) {}

  /** A new view, and where it begins; no height where it begins at genesis. */
  private record Entry(ValidatorId node, int view, Optional<Height> height, BlockId base) {}

  CarriedCommits(Lineage lineage) {
    this.lineage = lineage;
  }

  @Override
  public String name() {
    return "O8 new views carry what is committed";
  }

  @Override
  public void see(Observation observation, World world) {
    lineage.see(observation);
    if (observation instanceof Observation.Stepped it && world.node(it.node()).isCorrect()) {
      entry(it).ifPresent(entered -> add(entered, world));
    } else if (observation instanceof Observation.Delivered it
        && world.node(it.node()).isCorrect()) {
      add(it.block().height(), it.block().id(), it.commit().round().value(), world);
    }
  }

  private void add(Entry entry, World world) {
    entries.add(entry);
    finals.forEach((height, it) -> check(entry, height, it, world));
  }

  private void add(Height height, BlockId id, int view, World world) {
    var known = finals.get(height);
    if (known == null || (known.id().equals(id) && view < known.view())) {
      var it = new Final(id, view);
      finals.put(height, it);
      entries.forEach(entry -> check(entry, height, it, world));
    }
  }

  private void check(Entry entry, Height height, Final it, World world) {
    if (entry.view() <= it.view()) {
      return;
    }
    boolean below = entry.height().isEmpty() || height.isAbove(entry.height().get());
    boolean other =
        !below
            && lineage
                .ancestorAt(entry.base(), height)
                .filter(ancestor -> !ancestor.equals(it.id()))
                .isPresent();
    if (below || other) {
      var text =
          "view %d begins at %s %s, but %s %s is final since view %d"
              .formatted(
                  entry.view(),
                  entry.height().map(Height::toString).orElse("genesis"),
                  entry.base().abbreviated(),
                  height,
                  it.id().abbreviated(),
                  it.view());
      world.violations().report(name(), entry.node(), text);
    }
  }

  /** The new view that a step entered by a NewView, a peer's or its own. */
  private static Optional<Entry> entry(Observation.Stepped stepped) {
    return NewViews.opened(stepped)
        .or(() -> NewViews.accepted(stepped))
        .map(it -> entry(stepped.node(), it));
  }

  private static Entry entry(ValidatorId node, NewView it) {
    var height = it.certificate().map(Certificate::height);
    var base = it.certificate().map(Certificate::blockId).orElse(BlockId.NONE);
    return new Entry(node, it.view().value(), height, base);
  }
}
