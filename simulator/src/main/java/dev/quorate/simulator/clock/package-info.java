/** Virtual time and seeded chance: the only sources of either in a simulated world. */
@NullMarked
package dev.quorate.simulator.clock;

import org.jspecify.annotations.NullMarked;
