@NullMarked
package dev.quorate.replica.pool;

import org.jspecify.annotations.NullMarked;
