/** Real processes on real ports, and what is needed to drive them. */
@NullMarked
package dev.quorate.node.e2e;

import org.jspecify.annotations.NullMarked;
