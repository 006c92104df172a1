/** The rules that hold in every run, whatever the engine. */
@NullMarked
package dev.quorate.simulator.oracle;

import org.jspecify.annotations.NullMarked;
