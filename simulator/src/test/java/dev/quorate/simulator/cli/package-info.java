/** The command line, run as a user runs it. */
@NullMarked
package dev.quorate.simulator.cli;

import org.jspecify.annotations.NullMarked;
