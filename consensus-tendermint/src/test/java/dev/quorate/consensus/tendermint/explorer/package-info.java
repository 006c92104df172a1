/**
 * A search for traces in which the rules of Algorithm 1 break: Tendermint's part of {@link
 * dev.quorate.explorer}. After every step the {@link
 * dev.quorate.consensus.tendermint.explorer.Invariants} must hold.
 */
@NullMarked
package dev.quorate.consensus.tendermint.explorer;

import org.jspecify.annotations.NullMarked;
