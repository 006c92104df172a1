/**
 * What validators say to each other, in the words of Buchman, Kwon and Milosevic, and how it is
 * written on the wire. Values only: what a message means is decided by the engine.
 */
@NullMarked
package dev.quorate.consensus.tendermint.message;

import org.jspecify.annotations.NullMarked;
