/** Where the chain lies: in memory, or on disk. */
@NullMarked
package dev.quorate.ledger.store;

import org.jspecify.annotations.NullMarked;
