/**
 * Where the chain lies, in memory or on disk, and the offline audit of what lies there.
 *
 * <p>{@link dev.quorate.ledger.store.DataDirectory} guards the folder, {@link
 * dev.quorate.ledger.store.LmdbChainStore} keeps the chain in it.
 */
@NullMarked
package dev.quorate.ledger.store;

import org.jspecify.annotations.NullMarked;
