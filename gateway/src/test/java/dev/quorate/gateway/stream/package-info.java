@NullMarked
package dev.quorate.gateway.stream;

import org.jspecify.annotations.NullMarked;
