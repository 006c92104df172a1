@NullMarked
package dev.quorate.replica.wire;

import org.jspecify.annotations.NullMarked;
