/** Clients that hand transactions in, again and again until they are final. */
@NullMarked
package dev.quorate.simulator.client;

import org.jspecify.annotations.NullMarked;
