/**
 * One validator's process of ordering: an engine, a pool of transactions, block building and
 * catch-up, driven by one thread that is not its own.
 *
 * <p>{@link dev.quorate.replica.Replica} is what a node and a simulator both run. Nothing here
 * reads a clock, starts a thread, draws a random number or opens a file or a socket: time comes in
 * with every turn, the disk and the net are ports.
 */
@NullMarked
package dev.quorate.replica;

import org.jspecify.annotations.NullMarked;
