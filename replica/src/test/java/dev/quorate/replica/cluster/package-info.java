/** Several replicas in one thread under virtual time, and what tests need to look at them. */
@NullMarked
package dev.quorate.replica.cluster;

import org.jspecify.annotations.NullMarked;
