@NullMarked
package dev.quorate.ledger.json;

import org.jspecify.annotations.NullMarked;
