@NullMarked
package dev.quorate.consensus.core.vote;

import org.jspecify.annotations.NullMarked;
