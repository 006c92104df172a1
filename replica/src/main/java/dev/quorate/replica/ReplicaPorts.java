package dev.quorate.replica;

import dev.quorate.ledger.ChainStore;
import dev.quorate.replica.guard.GuardStorage;
import dev.quorate.replica.guard.SigningKey;

/**
 * What a replica needs of the world around it.
 *
 * @param guard where the sign guard keeps what was signed, apart from the store
 * @param key with which the replica signs, and how signatures are verified
 * @param wakeup called, from any thread, when something waits for the next turn; must return at
 *     once
 */
public record ReplicaPorts(
    ChainStore store,
    Network network,
    GuardStorage guard,
    SigningKey key,
    FinalityListener finality,
    Runnable wakeup) {}
