/** The bounded queues between other threads and the replica's. */
@NullMarked
package dev.quorate.replica.inbox;

import org.jspecify.annotations.NullMarked;
