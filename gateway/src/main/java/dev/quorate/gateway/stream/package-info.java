/**
 * Event streams: blocks and their transactions, in order and without a gap, over WebSocket and SSE.
 *
 * <p>A subscription reads the chain itself, from its own position; the finality feed only wakes it.
 * So nothing can be lost or doubled, wherever it starts and however slow it is. All of it runs on
 * one thread, which may read the disk; an event loop never does.
 */
@NullMarked
package dev.quorate.gateway.stream;

import org.jspecify.annotations.NullMarked;
