/** Proof that a validator voted twice: how it is judged, and where a node keeps it. */
@NullMarked
package dev.quorate.ledger.evidence;

import org.jspecify.annotations.NullMarked;
