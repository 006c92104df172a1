/**
 * Authenticated peers that exchange opaque frames over TLS 1.3.
 *
 * <p>{@link dev.quorate.transport.Transport} keeps one connection to every other validator of a
 * network and knows them by the keys in genesis; what the frames mean is the business of whoever
 * holds it. Netty is named in this module and nowhere else.
 *
 * <p>The way of a connection: {@code Pipeline} builds it, {@code HandshakeHandler} finds out who is
 * there, {@code PeerLink} lets it in or not, {@code Connection} carries frames until it ends.
 */
@NullMarked
package dev.quorate.transport;

import org.jspecify.annotations.NullMarked;
