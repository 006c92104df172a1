package dev.quorate.crypto;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Where digests come from: the JDK's SHA-256, which uses the processor's own instructions. */
final class Sha256 {
  /** Never used itself: a copy costs a fraction of a search through the JDK's providers. */
  private static final MessageDigest FRESH = find();

  private Sha256() {}

  static MessageDigest digest() {
    try {
      return (MessageDigest) FRESH.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the JDK's SHA-256 can be copied", impossible);
    }
  }

  private static MessageDigest find() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Puts the 32 bytes that the digest holds at an offset; the digest is reset. */
  static void finish(MessageDigest digest, byte[] target, int offset) {
    try {
      digest.digest(target, offset, Hash.SIZE);
    } catch (DigestException impossible) {
      throw new IllegalStateException("a SHA-256 value has 32 bytes", impossible);
    }
  }
}
