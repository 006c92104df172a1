/** The sweep as a test. */
@NullMarked
package dev.quorate.simulator.sweep;

import org.jspecify.annotations.NullMarked;
