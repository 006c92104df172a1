@NullMarked
package dev.quorate.consensus.core;

import org.jspecify.annotations.NullMarked;
