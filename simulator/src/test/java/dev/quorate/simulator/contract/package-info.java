/**
 * What {@code consensus-core} promises in the name of every engine, held against each engine that
 * is found, without knowing any of them. What is looked at are lives of engines in a simulated
 * network, recorded event by event.
 */
@NullMarked
package dev.quorate.simulator.contract;

import org.jspecify.annotations.NullMarked;
