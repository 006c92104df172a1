/** Whole networks under virtual time, as tests. */
@NullMarked
package dev.quorate.simulator;

import org.jspecify.annotations.NullMarked;
