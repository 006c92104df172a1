@NullMarked
package dev.quorate.replica.sync;

import org.jspecify.annotations.NullMarked;
