/**
 * Canaries: sins put into the real code, each of which the oracle that it names must see within a
 * stated number of seeds. A swarm without them shows nothing: it may be green because it is blind.
 */
@NullMarked
package dev.quorate.simulator.canary;

import org.jspecify.annotations.NullMarked;
