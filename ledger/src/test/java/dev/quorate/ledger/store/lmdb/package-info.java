/** Tests of the ground under the stores. */
@NullMarked
package dev.quorate.ledger.store.lmdb;

import org.jspecify.annotations.NullMarked;
