@NullMarked
package dev.quorate.replica.inbox;

import org.jspecify.annotations.NullMarked;
