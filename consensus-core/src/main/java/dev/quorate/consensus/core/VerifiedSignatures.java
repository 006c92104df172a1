package dev.quorate.consensus.core;

import dev.quorate.crypto.Hash;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers signatures that were found valid, by signer, message and signature together, so that
 * none is computed twice. Two generations of about {@link #GENERATION} entries each; when the young
 * one is full, the old one is forgotten.
 *
 * <p>An entry is a hash over all three, so it has a fixed size and keeps no frame alive of which a
 * signature is a slice.
 */
final class VerifiedSignatures {
  /** Entries in one generation; an entry holds about a hundred bytes. */
  static final int GENERATION = 4096;

  private volatile Set<Hash> young = ConcurrentHashMap.newKeySet();
  private volatile Set<Hash> old = Set.of();

  /** What an entry is known by; address and signature have fixed lengths, so they come first. */
  static Hash keyOf(SignatureCheck check) {
    return Hash.sha256(check.signer().address(), check.signature().bytes(), check.signBytes());
  }

  boolean contains(Hash key) {
    return young.contains(key) || old.contains(key);
  }

  void add(Hash key) {
    if (young.size() >= GENERATION) {
      turnOver();
    }
    young.add(key);
  }

  private synchronized void turnOver() {
    if (young.size() >= GENERATION) {
      old = young;
      young = ConcurrentHashMap.newKeySet();
    }
  }
}
