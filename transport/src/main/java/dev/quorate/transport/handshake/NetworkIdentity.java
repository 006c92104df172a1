package dev.quorate.transport.handshake;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.SignatureScheme;

/**
 * What every member of one network agrees on and no other network shares.
 *
 * @param chainId 1 to 255 bytes of UTF-8
 * @param genesisHash SHA-256 of the genesis file; never {@link Hash#NONE}
 * @param scheme how its validators sign
 */
public record NetworkIdentity(String chainId, Hash genesisHash, SignatureScheme scheme) {
  public NetworkIdentity {
    int length = Bytes.utf8(chainId).length();
    if (length == 0 || length > 255) {
      throw new IllegalArgumentException("a chain id has 1 to 255 bytes, not " + length);
    }
    if (genesisHash.isNone()) {
      throw new IllegalArgumentException("a network has a genesis hash");
    }
  }

  Bytes chainIdBytes() {
    return Bytes.utf8(chainId);
  }
}
