package dev.quorate.crypto;

import java.math.BigInteger;

/**
 * The curve of Ed25519 in plain numbers, slow and independent of any library: tests make signatures
 * with it that no signer makes.
 */
final class Edwards25519 {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The order of the base point. */
  static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final BigInteger D = fraction(-121665, 121666);

  static final Point BASE = decode(Bytes.fromHex("58" + "66".repeat(31)));

  /** A point of order eight, which every point's torsion is a multiple of. */
  static final Point TORSION =
      decode(Bytes.fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));

  private Edwards25519() {}

  record Point(BigInteger x, BigInteger y) {
    static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE);

    Point plus(Point other) {
      var product = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
      var dx = BigInteger.ONE.add(product).modInverse(P);
      var dy = BigInteger.ONE.subtract(product).modInverse(P);
      return new Point(
          x.multiply(other.y).add(y.multiply(other.x)).multiply(dx).mod(P),
          y.multiply(other.y).add(x.multiply(other.x)).multiply(dy).mod(P));
    }

    Point times(BigInteger scalar) {
      var sum = NEUTRAL;
      for (int i = scalar.bitLength() - 1; i >= 0; i--) {
        sum = sum.plus(sum);
        if (scalar.testBit(i)) {
          sum = sum.plus(this);
        }
      }
      return sum;
    }

    Bytes encode() {
      return littleEndian(x.testBit(0) ? y.setBit(255) : y);
    }
  }

  /** The 32 bytes of a number below 2^256. */
  static Bytes littleEndian(BigInteger number) {
    var bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return Bytes.wrap(bytes);
  }

  /** The number that bytes of any length stand for. */
  static BigInteger number(byte[] littleEndian) {
    var reversed = new byte[littleEndian.length];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = littleEndian[reversed.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  private static Point decode(Bytes encoded) {
    var number = number(encoded.toArray());
    var y = number.clearBit(255);
    var squared = y.multiply(y).mod(P);
    var numerator = squared.subtract(BigInteger.ONE);
    var x2 = numerator.multiply(D.multiply(squared).add(BigInteger.ONE).modInverse(P)).mod(P);
    var x = x2.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(x2)) {
      x = x.multiply(BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P)).mod(P);
    }
    return new Point(x.testBit(0) == number.testBit(255) ? x : P.subtract(x), y);
  }

  private static BigInteger fraction(long numerator, long denominator) {
    var inverse = BigInteger.valueOf(denominator).modInverse(P);
    return BigInteger.valueOf(numerator).multiply(inverse).mod(P);
  }
}
