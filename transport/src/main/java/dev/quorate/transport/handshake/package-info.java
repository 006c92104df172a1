/**
 * Who stands at the other end of a TLS connection, decided before a single frame of it is read.
 *
 * <p>TLS proves that the other end holds the private key of some certificate made a moment ago. The
 * handshake ties that certificate to a validator's key from genesis: a greeting ({@link
 * dev.quorate.transport.handshake.Hello}) each way, then a signature each way over one {@link
 * dev.quorate.transport.handshake.Statement}, the dialer's first. Nothing here knows a socket.
 */
@NullMarked
package dev.quorate.transport.handshake;

import org.jspecify.annotations.NullMarked;
