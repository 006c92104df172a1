/**
 * The door for clients: REST, WebSocket and SSE over one ledger.
 *
 * <p>{@link dev.quorate.gateway.Ordering} is all that this room wants of the service behind it; the
 * room knows the ledger's blocks and nothing of consensus.
 */
@NullMarked
package dev.quorate.gateway;

import org.jspecify.annotations.NullMarked;
