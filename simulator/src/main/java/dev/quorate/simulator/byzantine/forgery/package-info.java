/**
 * What tricks of every engine forge: blocks that are wrong in one point, votes for what does not
 * exist, and evidence that nobody signed.
 */
@NullMarked
package dev.quorate.simulator.byzantine.forgery;

import org.jspecify.annotations.NullMarked;
