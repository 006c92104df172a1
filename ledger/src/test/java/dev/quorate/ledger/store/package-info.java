/** Tests of the chain's stores. */
@NullMarked
package dev.quorate.ledger.store;

import org.jspecify.annotations.NullMarked;
