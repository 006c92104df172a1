/** Frames on the wire: their kinds, how they are cut out of a byte stream, how they wait to go. */
@NullMarked
package dev.quorate.transport.frame;

import org.jspecify.annotations.NullMarked;
