/** A client of a node's REST interface and event stream. */
@NullMarked
package dev.quorate.node.client;

import org.jspecify.annotations.NullMarked;
