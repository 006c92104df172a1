@NullMarked
package dev.quorate.node.guard;

import org.jspecify.annotations.NullMarked;
