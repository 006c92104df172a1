package dev.quorate.transport.handshake;

import dev.quorate.crypto.Bytes;
import java.security.SecureRandom;

/**
 * One run of one process: 16 random bytes drawn when it starts.
 *
 * <p>It tells a peer that has come back from a second process that holds the same key.
 */
public record InstanceId(Bytes bytes) {
  /** Bytes in an instance id. */
  public static final int SIZE = 16;

  public InstanceId {
    if (bytes.length() != SIZE) {
      throw new IllegalArgumentException("an instance id has 16 bytes, not " + bytes.length());
    }
  }

  /** A fresh one. */
  public static InstanceId random(SecureRandom random) {
    var drawn = new byte[SIZE];
    random.nextBytes(drawn);
    return new InstanceId(Bytes.wrap(drawn));
  }

  /** The first eight digits, for logs. */
  @Override
  public String toString() {
    return bytes.slice(0, 4).hex();
  }
}
