/** One crash at every durable boundary of a fixed scenario, each in a run of its own. */
@NullMarked
package dev.quorate.simulator.sweep;

import org.jspecify.annotations.NullMarked;
