/** Networks of real processes in which some die, and an audit of all that clients were told. */
@NullMarked
package dev.quorate.node.e2e.failover;

import org.jspecify.annotations.NullMarked;
