/**
 * Canaries: tests that are seen to fail. A {@link dev.quorate.mutants.Mutant} is main code with one
 * deliberate fault, written down as the snippet that it replaces; an {@link
 * dev.quorate.mutants.Experiment} is what a test runs against it. Production code knows nothing of
 * this: the fault is put into a copy of the sources, which is compiled into memory.
 */
@NullMarked
package dev.quorate.mutants;

import org.jspecify.annotations.NullMarked;
