@NullMarked
package dev.quorate.crypto;

import org.jspecify.annotations.NullMarked;
