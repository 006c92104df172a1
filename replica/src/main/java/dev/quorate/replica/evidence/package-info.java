/** Evidence on its way from conflicting votes into a block. */
@NullMarked
package dev.quorate.replica.evidence;

import org.jspecify.annotations.NullMarked;
