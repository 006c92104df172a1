package dev.quorate.simulator.plan;

import java.time.Duration;

/**
 * How long the parts of a run take, in virtual time.
 *
 * @param warmUp without faults
 * @param safety with all the faults of the plan
 * @param liveness what a healed core may take at most for all that it was given
 * @param catchUp what the others may take at most, once they are healed, to be at the tip
 */
public record Spans(Duration warmUp, Duration safety, Duration liveness, Duration catchUp) {}
