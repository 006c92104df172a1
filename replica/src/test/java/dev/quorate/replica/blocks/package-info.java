@NullMarked
package dev.quorate.replica.blocks;

import org.jspecify.annotations.NullMarked;
