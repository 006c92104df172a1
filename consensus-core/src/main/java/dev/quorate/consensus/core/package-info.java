/**
 * The contract between consensus engines and the replica that runs them.
 *
 * <p>An {@link dev.quorate.consensus.core.Engine} is a pure state machine: one {@link
 * dev.quorate.consensus.core.Event} in, a list of {@link dev.quorate.consensus.core.Effect}s out.
 * It reads no clock, draws no chance, opens no file and no socket, signs nothing and verifies no
 * signature. Everything here is owned by no engine and knows none.
 */
@NullMarked
package dev.quorate.consensus.core;

import org.jspecify.annotations.NullMarked;
