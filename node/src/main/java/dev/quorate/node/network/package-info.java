/** The files of a network: one genesis, and a folder for each node. */
@NullMarked
package dev.quorate.node.network;

import org.jspecify.annotations.NullMarked;
