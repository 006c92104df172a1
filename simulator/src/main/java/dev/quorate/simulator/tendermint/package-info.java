/** What must hold, and what should happen now and then, in runs of Tendermint. */
@NullMarked
package dev.quorate.simulator.tendermint;

import org.jspecify.annotations.NullMarked;
