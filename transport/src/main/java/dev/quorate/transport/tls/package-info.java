/** TLS 1.3 between peers: which library speaks it, and which certificates are taken. */
@NullMarked
package dev.quorate.transport.tls;

import org.jspecify.annotations.NullMarked;
