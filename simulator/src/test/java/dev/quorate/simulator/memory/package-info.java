/** How much a node holds, counted from outside: everything that can be reached from it. */
@NullMarked
package dev.quorate.simulator.memory;

import org.jspecify.annotations.NullMarked;
