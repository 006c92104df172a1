package dev.quorate.crypto;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;

/**
 * Remembers the points that keys stand for: finding one is a tenth of verifying a signature, and a
 * network has few keys. At most {@link #MAX_KEYS}; when they are reached, all are forgotten.
 */
final class DecodedKeys {
  /** Enough for the validators and the clients that sign often. */
  static final int MAX_KEYS = 4096;

  private final Map<PublicKey, PublicPoint> points = new ConcurrentHashMap<>();

  /** The point; empty for a key that is not canonical, on no curve or of small order. */
  Optional<PublicPoint> find(PublicKey key) {
    var known = points.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    var point = Ed25519.validatePublicKeyPartialExport(key.bytes().toArray(), 0);
    if (point == null) {
      return Optional.empty();
    }
    if (points.size() >= MAX_KEYS) {
      points.clear();
    }
    // A copy of the key, which may be a slice of a large frame.
    points.put(new PublicKey(Bytes.copyOf(key.bytes().toArray())), point);
    return Optional.of(point);
  }

  int size() {
    return points.size();
  }
}
