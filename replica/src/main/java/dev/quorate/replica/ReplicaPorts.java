package dev.quorate.replica;

import dev.quorate.consensus.core.SignGuard;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.ChainStore;

/**
 * What a replica needs of the world around it.
 *
 * @param wakeup called, from any thread, when something waits for the next turn; must return at
 *     once
 */
public record ReplicaPorts(
    ChainStore store,
    Network network,
    SignGuard guard,
    SignatureScheme scheme,
    FinalityListener finality,
    Runnable wakeup) {}
