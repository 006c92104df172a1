/**
 * What a Byzantine validator can say in Tendermint that no correct one says: tricks that read and
 * speak the protocol, with the keys they hold.
 */
@NullMarked
package dev.quorate.simulator.tendermint.trick;

import org.jspecify.annotations.NullMarked;
