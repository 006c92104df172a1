/**
 * The ledger's formats and rules: transactions, blocks and commits byte for byte as CometBFT 0.38
 * has them, the genesis file, and what makes a block and a commit valid.
 */
@NullMarked
package dev.quorate.ledger;

import org.jspecify.annotations.NullMarked;
