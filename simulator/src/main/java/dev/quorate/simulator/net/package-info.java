/**
 * The way between simulated nodes: late, lost, doubled, reordered, cut, and still from whom it
 * says.
 */
@NullMarked
package dev.quorate.simulator.net;

import org.jspecify.annotations.NullMarked;
