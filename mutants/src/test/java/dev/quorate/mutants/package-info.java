@NullMarked
package dev.quorate.mutants;

import org.jspecify.annotations.NullMarked;
