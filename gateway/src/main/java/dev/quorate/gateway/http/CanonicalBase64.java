package dev.quorate.gateway.http;

import dev.quorate.crypto.Bytes;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64 of RFC 4648 section 4 in its one canonical form: padded, without white space, with zero
 * bits where the last digit is not used up.
 */
final class CanonicalBase64 {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private CanonicalBase64() {}

  /** The bytes; nothing for a text that is not their canonical form. */
  static Optional<Bytes> decode(String text) {
    if (text.length() % 4 != 0 || !hasZeroRest(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Bytes.wrap(Base64.getDecoder().decode(text)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** How long the canonical form of that many bytes is. */
  static int encodedLength(int bytes) {
    return Math.multiplyExact(4, Math.ceilDiv(bytes, 3));
  }

  private static boolean hasZeroRest(String text) {
    int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    if (padding == 0) {
      return true;
    }
    int unused = padding == 2 ? 0b1111 : 0b11;
    return (DIGITS.indexOf(text.charAt(text.length() - padding - 1)) & unused) == 0;
  }
}
