@NullMarked
package dev.quorate.ledger;

import org.jspecify.annotations.NullMarked;
