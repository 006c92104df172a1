@NullMarked
package dev.quorate.replica.guard;

import org.jspecify.annotations.NullMarked;
