/** Who votes, with what weight, and whose turn it is to propose. */
@NullMarked
package dev.quorate.consensus.core.validators;

import org.jspecify.annotations.NullMarked;
