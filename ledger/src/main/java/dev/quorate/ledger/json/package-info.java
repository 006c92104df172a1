/** Strict JSON with places: what people and foreign programs write is refused with reasons. */
@NullMarked
package dev.quorate.ledger.json;

import org.jspecify.annotations.NullMarked;
