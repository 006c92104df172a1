/** The blocks between the chain's tip and what is being proposed. */
@NullMarked
package dev.quorate.replica.blocks;

import org.jspecify.annotations.NullMarked;
