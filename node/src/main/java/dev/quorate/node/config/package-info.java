/** A node's TOML file: what may stand in it, and everything that can be wrong with it. */
@NullMarked
package dev.quorate.node.config;

import org.jspecify.annotations.NullMarked;
