@NullMarked
package dev.quorate.consensus.core.validators;

import org.jspecify.annotations.NullMarked;
