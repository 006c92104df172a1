@NullMarked
package dev.quorate.replica.listen;

import org.jspecify.annotations.NullMarked;
