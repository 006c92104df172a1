/**
 * Following a chain by headers and commits alone, from a trusted block on: for clients and auditors
 * that trust no node. Shares no code with an engine.
 */
@NullMarked
package dev.quorate.ledger.light;

import org.jspecify.annotations.NullMarked;
