/**
 * Listening before speaking: why a replica that has just started, or has lost its promises, signs
 * nothing yet, and when it may.
 */
@NullMarked
package dev.quorate.replica.listen;

import org.jspecify.annotations.NullMarked;
