/**
 * Blocks read and hashed anew from their bytes, by nothing but the formats that are documented: no
 * code of the ledger, so that a mistake in it is not made twice. Simple, and not fast.
 */
@NullMarked
package dev.quorate.simulator.oracle.plain;

import org.jspecify.annotations.NullMarked;
