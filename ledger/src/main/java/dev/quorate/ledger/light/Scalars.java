package dev.quorate.ledger.light;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.json.Members;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The scalars of CometBFT's JSON. What is malformed becomes a fault of its member and comes out as
 * a harmless value, because a document with a fault is thrown away as a whole.
 */
final class Scalars {
  private static final ValidatorId NOBODY = new ValidatorId(Bytes.wrap(new byte[ValidatorId.SIZE]));

  private Scalars() {}

  /** A number from 0 to the largest {@code long}, written as a text without leading zeros. */
  static long number(Members members, String name) {
    var text = members.text(name);
    if (text.isEmpty()) {
      return 0;
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= 0 && Long.toString(value).equals(text.get())) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, together with numbers that are written in another way.
    }
    members.fault(name, "must be a number as a text, 0 or more");
    return 0;
  }

  /** A JSON number from 0 to a bound. */
  static long small(Members members, String name, long max) {
    var value = members.integer(name);
    if (value.isPresent() && (value.get() < 0 || value.get() > max)) {
      members.fault(name, "must be 0 to " + max + ", not " + value.get());
      return 0;
    }
    return value.orElse(0L);
  }

  static Instant time(Members members, String name) {
    var text = members.text(name);
    try {
      return text.map(Instant::parse).orElse(CanonicalBytes.ZERO_TIME);
    } catch (DateTimeException notATime) {
      members.fault(name, "must be a time like \"2026-11-23T20:00:00.5Z\"");
      return CanonicalBytes.ZERO_TIME;
    }
  }

  /** 64 hexadecimal digits, or none for no hash. */
  static Hash hash(Members members, String name) {
    var bytes = hex(members, name);
    if (!bytes.isEmpty() && bytes.length() != Hash.SIZE) {
      members.fault(name, "must be 64 hexadecimal digits or none");
      return Hash.NONE;
    }
    return Hash.copyOf(bytes);
  }

  /** Hexadecimal digits of either case. */
  static Bytes hex(Members members, String name) {
    try {
      return members.text(name).map(Bytes::fromHex).orElse(Bytes.EMPTY);
    } catch (IllegalArgumentException notHex) {
      members.fault(name, "must be hexadecimal digits");
      return Bytes.EMPTY;
    }
  }

  static ValidatorId address(Members members, String name) {
    var bytes = hex(members, name);
    if (bytes.length() != ValidatorId.SIZE) {
      members.fault(name, "must be 40 hexadecimal digits");
      return NOBODY;
    }
    return new ValidatorId(bytes);
  }

  /** The bytes of a text in canonical base64; empty if it is none, or not of this many bytes. */
  static Optional<Bytes> base64(Members members, String name, int size) {
    var text = members.text(name).orElse("");
    try {
      var bytes = Base64.getDecoder().decode(text);
      if (bytes.length == size && Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return Optional.of(Bytes.wrap(bytes));
      }
    } catch (IllegalArgumentException notBase64) {
      // Told below, together with texts that are not the canonical ones, and other sizes.
    }
    members.fault(name, "must be " + size + " bytes in base64");
    return Optional.empty();
  }
}
