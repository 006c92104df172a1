@NullMarked
package dev.quorate.replica;

import org.jspecify.annotations.NullMarked;
