/** Simulated nodes: the production replica with ports that a simulation owns. */
@NullMarked
package dev.quorate.simulator.node;

import org.jspecify.annotations.NullMarked;
