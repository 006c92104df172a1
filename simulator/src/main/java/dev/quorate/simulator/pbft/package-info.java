/** What must hold, and what should happen now and then, in runs of PBFT. */
@NullMarked
package dev.quorate.simulator.pbft;

import org.jspecify.annotations.NullMarked;
