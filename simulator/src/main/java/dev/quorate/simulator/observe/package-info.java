/**
 * What a simulated world shows of itself, and who looks at it: observations, oracles, violations.
 */
@NullMarked
package dev.quorate.simulator.observe;

import org.jspecify.annotations.NullMarked;
