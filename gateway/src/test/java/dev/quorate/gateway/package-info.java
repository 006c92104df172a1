/** The gateway over real sockets, in front of an ordering service that really keeps a chain. */
@NullMarked
package dev.quorate.gateway;

import org.jspecify.annotations.NullMarked;
