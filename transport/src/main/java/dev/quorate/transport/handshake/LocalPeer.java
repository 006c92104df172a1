package dev.quorate.transport.handshake;

import dev.quorate.crypto.PublicKey;

/**
 * This process as the others will know it.
 *
 * @param key the validator's public key, as in genesis
 * @param instance this run of the process
 * @param signer holds the private half of {@code key}
 */
public record LocalPeer(PublicKey key, InstanceId instance, HandshakeSigner signer) {}
