/** A node as a process: its life from start to stop, its threads, its wiring and its metrics. */
@NullMarked
package dev.quorate.node;

import org.jspecify.annotations.NullMarked;
