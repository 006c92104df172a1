/**
 * What replicas say to each other, in the words of Castro and Liskov, and how it is written on the
 * wire. Values only: what a message means is decided by the engine.
 */
@NullMarked
package dev.quorate.consensus.pbft.message;

import org.jspecify.annotations.NullMarked;
