package dev.quorate.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class DecodedKeysTest {
  private final DecodedKeys keys = new DecodedKeys();

  @Test
  void findsTheSamePointAgain() {
    var key = key(1);

    assertThat(keys.find(key)).isPresent().isEqualTo(keys.find(key));
    assertThat(keys.size()).isEqualTo(1);
  }

  @Test
  void remembersNoKeyThatIsNone() {
    var small = new PublicKey(Edwards25519.TORSION.encode());
    var uncanonical = new PublicKey(Edwards25519.littleEndian(Edwards25519.P));

    assertThat(keys.find(small)).isEmpty();
    assertThat(keys.find(uncanonical)).isEmpty();
    assertThat(keys.size()).isZero();
  }

  @Test
  void neverRemembersMoreThanItsMaximum() {
    var point = Edwards25519.BASE;
    for (int i = 0; i <= DecodedKeys.MAX_KEYS; i++) {
      keys.find(new PublicKey(point.encode()));
      assertThat(keys.size()).isBetween(1, DecodedKeys.MAX_KEYS);
      point = point.plus(Edwards25519.BASE);
    }

    assertThat(keys.size()).isEqualTo(1);
  }

  private static PublicKey key(int secret) {
    return new PublicKey(Edwards25519.BASE.times(BigInteger.valueOf(secret)).encode());
  }
}
