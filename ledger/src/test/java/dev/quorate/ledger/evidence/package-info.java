@NullMarked
package dev.quorate.ledger.evidence;

import org.jspecify.annotations.NullMarked;
