/**
 * The sign guard: a second, dumb defence against ever signing two things for one slot, over all
 * lives of a node. It knows positions and bytes, nothing of engines, blocks or certificates.
 */
@NullMarked
package dev.quorate.replica.guard;

import org.jspecify.annotations.NullMarked;
