/**
 * The command {@code quorate-sim}: single seeds, ranges, minutes and the crash sweep. The only room
 * of the simulator that knows a real clock and threads.
 */
@NullMarked
package dev.quorate.simulator.cli;

import org.jspecify.annotations.NullMarked;
