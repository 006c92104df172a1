/** What validators sign about blocks, and the certificates that their signatures make. */
@NullMarked
package dev.quorate.consensus.core.vote;

import org.jspecify.annotations.NullMarked;
