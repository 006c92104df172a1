package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.Event;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;

/** A new primary opened its view without a claim whose bodies did not come in time. */
final class LeftOutClaim implements Mark {
  @Override
  public String name() {
    return "claim left out for want of bodies";
  }

  @Override
  public boolean isHit(Observation observation, World world) {
    return observation instanceof Observation.Stepped it
        && it.event() instanceof Event.TimerFired<?>(var timer)
        && timer.toString().equals("FETCH")
        && NewViews.opened(it).isPresent();
  }
}
