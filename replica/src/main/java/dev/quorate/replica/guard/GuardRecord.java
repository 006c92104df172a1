package dev.quorate.replica.guard;

/**
 * What a slot holds.
 *
 * @param lost whether promises were given that are not among these: nothing may be signed
 * @param state the number of the engine state ({@link NumberedState}) on which the last signature
 *     rested: a store that does not have it is an older one
 */
record GuardRecord(boolean lost, long state, Promises promises) {}
