@NullMarked
package dev.quorate.transport.frame;

import org.jspecify.annotations.NullMarked;
