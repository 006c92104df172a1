/**
 * Whole networks in one thread: the production replica and engines under virtual time, with faults
 * that a seed decides and oracles that look at every step.
 *
 * <p>Only four things differ from production: net, disk, clock and the source of transactions. One
 * seed is one run, on every machine, for ever.
 */
@NullMarked
package dev.quorate.simulator;

import org.jspecify.annotations.NullMarked;
