package dev.quorate.consensus.core;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers signatures that were found valid, by signer, message and signature together, so that
 * none is computed twice. Two generations of at most {@link #GENERATION} entries each; when the
 * young one is full, the old one is forgotten.
 */
final class VerifiedSignatures {
  /** Entries in one generation; an entry holds about half a kilobyte. */
  static final int GENERATION = 4096;

  private volatile Set<SignatureCheck> young = ConcurrentHashMap.newKeySet();
  private volatile Set<SignatureCheck> old = Set.of();

  boolean contains(SignatureCheck check) {
    return young.contains(check) || old.contains(check);
  }

  void add(SignatureCheck check) {
    if (young.size() >= GENERATION) {
      turnOver();
    }
    young.add(check);
  }

  private synchronized void turnOver() {
    if (young.size() >= GENERATION) {
      old = young;
      young = ConcurrentHashMap.newKeySet();
    }
  }
}
