@NullMarked
package dev.quorate.transport;

import org.jspecify.annotations.NullMarked;
