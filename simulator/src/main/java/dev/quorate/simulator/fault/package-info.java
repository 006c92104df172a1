/** What goes wrong in a run, when and to whom, as the plan and the seed have it. */
@NullMarked
package dev.quorate.simulator.fault;

import org.jspecify.annotations.NullMarked;
