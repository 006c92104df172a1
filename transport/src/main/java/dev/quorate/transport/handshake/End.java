package dev.quorate.transport.handshake;

import dev.quorate.crypto.Hash;
import dev.quorate.crypto.PublicKey;

/**
 * One end of one connection.
 *
 * @param key the validator's key
 * @param certificate SHA-256 of the DER form of the certificate that this end showed to TLS
 * @param instance the run of the process
 */
record End(PublicKey key, Hash certificate, InstanceId instance) {}
