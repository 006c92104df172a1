package dev.quorate.gateway.http;

import dev.quorate.crypto.Hash;
import java.util.Optional;

/** Hashes in the one form that we accept: 64 lower-case hexadecimal digits. */
final class Hex {
  private Hex() {}

  static Optional<Hash> hash(String text) {
    boolean canonical =
        text.length() == 2 * Hash.SIZE
            && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    return canonical ? Optional.of(Hash.fromHex(text)) : Optional.empty();
  }
}
