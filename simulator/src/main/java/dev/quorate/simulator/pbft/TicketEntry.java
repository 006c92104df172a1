package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A validator became active in a view without a NewView. */
final class TicketEntry implements Mark {
  private final Map<ValidatorId, Set<Integer>> opened = new HashMap<>();
  private final Map<ValidatorId, Integer> active = new HashMap<>();

  @Override
  public String name() {
    return "view entered by a certificate";
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    if (observation instanceof Observation.Stepped it) {
      NewViews.opened(it)
          .or(() -> NewViews.accepted(it))
          .ifPresent(
              newView ->
                  opened
                      .computeIfAbsent(it.node(), _ -> new HashSet<>())
                      .add(newView.view().value()));
      return false;
    }
    if (!(observation instanceof Observation.Turned it) || !it.status().engine().active()) {
      return false;
    }
    int view = it.status().engine().round().value();
    int before = active.getOrDefault(it.node(), 0);
    active.put(it.node(), view);
    return view > before && !opened.getOrDefault(it.node(), Set.of()).contains(view);
  }
}
