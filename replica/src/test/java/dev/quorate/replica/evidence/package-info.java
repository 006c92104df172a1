@NullMarked
package dev.quorate.replica.evidence;

import org.jspecify.annotations.NullMarked;
