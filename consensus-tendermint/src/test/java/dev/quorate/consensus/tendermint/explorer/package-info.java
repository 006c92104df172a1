/**
 * A search for traces in which the rules of Algorithm 1 break.
 *
 * <p>Three real engines and one liar. Whatever was ever sent may reach anybody, at any time, in any
 * order, repeated or never; timers that run may fire at any time; engines crash anywhere and come
 * back from what they saved. The liar signs anything well-formed, and a certificate exists as soon
 * as a quorum signed for it, whether or not anybody has put it together. After every step the
 * {@link dev.quorate.consensus.tendermint.explorer.Invariants} must hold.
 *
 * <p>One seed is one {@link dev.quorate.consensus.tendermint.explorer.Trace}. Each trace draws anew
 * how often what happens (swarm testing), in phases that each favour some of the engines:
 * partitions, hidden locks and half-known certificates come by themselves.
 */
@NullMarked
package dev.quorate.consensus.tendermint.explorer;

import org.jspecify.annotations.NullMarked;
