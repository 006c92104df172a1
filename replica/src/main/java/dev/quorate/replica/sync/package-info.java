/** Getting from peers what is missing here, and giving them what they miss. */
@NullMarked
package dev.quorate.replica.sync;

import org.jspecify.annotations.NullMarked;
