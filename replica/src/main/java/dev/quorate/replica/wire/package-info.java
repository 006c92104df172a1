/** What replicas say to each other, as bytes. */
@NullMarked
package dev.quorate.replica.wire;

import org.jspecify.annotations.NullMarked;
