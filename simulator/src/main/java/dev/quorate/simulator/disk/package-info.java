/**
 * What simulated nodes remember, and how a disk forgets: crashes, lies, failed syncs, old copies.
 */
@NullMarked
package dev.quorate.simulator.disk;

import org.jspecify.annotations.NullMarked;
