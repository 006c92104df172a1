/**
 * LMDB made safe: it has no checksums, trusts its file blindly and forgets a failed sync. {@link
 * dev.quorate.ledger.store.lmdb.Records}, {@link dev.quorate.ledger.store.lmdb.LmdbFile} and {@link
 * dev.quorate.ledger.store.lmdb.LmdbEnvironment} are the answers, in this order. For the store
 * around it only.
 */
@NullMarked
package dev.quorate.ledger.store.lmdb;

import org.jspecify.annotations.NullMarked;
