/**
 * A search for traces in which the rules of the view change break: PBFT's part of {@link
 * dev.quorate.explorer}. After every step the {@link
 * dev.quorate.consensus.pbft.explorer.Invariants} must hold.
 */
@NullMarked
package dev.quorate.consensus.pbft.explorer;

import org.jspecify.annotations.NullMarked;
