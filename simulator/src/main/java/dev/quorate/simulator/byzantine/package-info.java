/**
 * Validators that do whatever somebody with their keys can do: tricks on what leaves and what
 * arrives, named after the sin, that know nothing of an engine.
 */
@NullMarked
package dev.quorate.simulator.byzantine;

import org.jspecify.annotations.NullMarked;
