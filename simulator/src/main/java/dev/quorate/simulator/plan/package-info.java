/** What a seed decides before a run begins: the network, the faults, the traffic. */
@NullMarked
package dev.quorate.simulator.plan;

import org.jspecify.annotations.NullMarked;
