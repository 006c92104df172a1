/** Tendermint. */
@NullMarked
package dev.quorate.consensus.tendermint;

import org.jspecify.annotations.NullMarked;
