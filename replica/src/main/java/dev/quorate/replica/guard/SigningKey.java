package dev.quorate.replica.guard;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.Signature;
import dev.quorate.crypto.SignatureScheme;

/** The validator's key, and how its network signs. */
public record SigningKey(KeyPair pair, SignatureScheme scheme) {
  Signature sign(Bytes message) {
    return scheme.sign(pair, message);
  }
}
