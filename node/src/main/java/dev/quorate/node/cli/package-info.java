/** The command line. Results go to standard output, everything else to standard error. */
@NullMarked
package dev.quorate.node.cli;

import org.jspecify.annotations.NullMarked;
