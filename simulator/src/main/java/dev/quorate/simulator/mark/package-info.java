/** Rare paths that long runs must have taken. */
@NullMarked
package dev.quorate.simulator.mark;

import org.jspecify.annotations.NullMarked;
