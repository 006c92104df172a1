/** How tricks read and say an engine's messages, whatever they are. */
@NullMarked
package dev.quorate.simulator.byzantine.speech;

import org.jspecify.annotations.NullMarked;
