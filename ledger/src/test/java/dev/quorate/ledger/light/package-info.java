@NullMarked
package dev.quorate.ledger.light;

import org.jspecify.annotations.NullMarked;
