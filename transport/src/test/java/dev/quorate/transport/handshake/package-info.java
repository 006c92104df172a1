@NullMarked
package dev.quorate.transport.handshake;

import org.jspecify.annotations.NullMarked;
