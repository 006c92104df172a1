/**
 * The smallest engine that honours the contract: whoever leads proposes, everybody votes once, a
 * quorum of votes is final. It tolerates silence, and no lie.
 */
@NullMarked
package dev.quorate.replica.conveyor;

import org.jspecify.annotations.NullMarked;
