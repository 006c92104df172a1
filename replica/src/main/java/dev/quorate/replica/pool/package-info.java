/** Transactions that wait to be ordered, and their way to whoever proposes next. */
@NullMarked
package dev.quorate.replica.pool;

import org.jspecify.annotations.NullMarked;
