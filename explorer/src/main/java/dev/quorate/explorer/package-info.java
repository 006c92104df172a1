/**
 * A search for traces in which the rules of an engine break.
 *
 * <p>Three real engines and one liar. Whatever was ever sent may reach anybody, at any time, in any
 * order, repeated or never; timers that run may fire at any time; engines crash anywhere and come
 * back from what they saved. The liar signs anything well-formed, and a certificate exists as soon
 * as a quorum signed for it, whether or not anybody has put it together. After every step the
 * engine's {@link dev.quorate.explorer.Judge} looks at what was said and made durable.
 *
 * <p>One seed is one {@link dev.quorate.explorer.Trace}. Each trace draws anew how often what
 * happens (swarm testing), in phases that each favour some of the engines: partitions, lost
 * messages and half-known certificates come by themselves.
 *
 * <p>This package knows no protocol. An engine's own {@link dev.quorate.explorer.Game} brings its
 * rules, its liar and what can happen; {@link dev.quorate.explorer.Explorer} runs the traces.
 */
@NullMarked
package dev.quorate.explorer;

import org.jspecify.annotations.NullMarked;
