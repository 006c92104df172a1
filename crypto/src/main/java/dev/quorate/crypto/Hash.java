package dev.quorate.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A SHA-256 value: 32 bytes, or {@link #NONE}.
 *
 * <p>{@code NONE} stands where a format leaves a hash empty (the parent of the first block, the
 * block of a nil vote). It has no bytes and equals only itself; 32 zero bytes are an ordinary hash.
 */
public final class Hash implements Comparable<Hash> {
  /** Bytes in a hash. */
  public static final int SIZE = 32;

  /** The absent hash: encodes as no bytes. */
  public static final Hash NONE = new Hash(new byte[0]);

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of exactly 32 bytes; none gives {@link #NONE}; any other length is refused. */
  public static Hash copyOf(byte[] source) {
    return takeOver(source.clone());
  }

  /** The same for a byte string. */
  public static Hash copyOf(Bytes source) {
    return takeOver(source.toArray());
  }

  /** Exactly 64 hexadecimal digits of either case, or none for {@link #NONE}. */
  public static Hash fromHex(String hex) {
    return takeOver(HexFormat.of().parseHex(hex));
  }

  /** SHA-256 of the parts, one after the other. */
  public static Hash sha256(Bytes... parts) {
    var digest = Sha256.digest();
    for (var part : parts) {
      part.updateTo(digest);
    }
    return new Hash(digest.digest());
  }

  /** What the digest holds, which is reset: for callers that hash in a loop. */
  static Hash finish(MessageDigest digest) {
    return new Hash(digest.digest());
  }

  /** A copy of the 32 bytes at an offset, for callers that keep many hashes in one array. */
  static Hash of(byte[] source, int offset) {
    return new Hash(Arrays.copyOfRange(source, offset, offset + SIZE));
  }

  public boolean isNone() {
    return bytes.length == 0;
  }

  /** A fresh array: 32 bytes, or none. */
  public byte[] toArray() {
    return bytes.clone();
  }

  /** The same bytes as a byte string; nothing is copied. */
  public Bytes bytes() {
    return Bytes.wrap(bytes);
  }

  /** Copies the bytes into {@code target} from {@code position} on. */
  void copyTo(byte[] target, int position) {
    System.arraycopy(bytes, 0, target, position, bytes.length);
  }

  /** Feeds the hash to a digest without copying it. */
  void updateTo(MessageDigest digest) {
    digest.update(bytes);
  }

  /** 64 lower-case hexadecimal digits, or none. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** The first eight digits, for logs. */
  public String abbreviated() {
    return isNone() ? "nil" : HexFormat.of().formatHex(bytes, 0, 4);
  }

  /** Order of the unsigned bytes. */
  @Override
  public int compareTo(Hash other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return isNone() ? 0 : (int) INTS.get(bytes, 0);
  }

  @Override
  public String toString() {
    return isNone() ? "nil" : hex();
  }

  private static Hash takeOver(byte[] owned) {
    if (owned.length == 0) {
      return NONE;
    }
    if (owned.length != SIZE) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + owned.length);
    }
    return new Hash(owned);
  }
}
