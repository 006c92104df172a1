package dev.quorate.ledger;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;

/**
 * An opaque byte string that clients have put into order, with its id, the SHA-256 of the bytes.
 *
 * <p>Two transactions with one id are equal. A transaction of a block is a slice of the block's
 * bytes and keeps all of them alive; whoever holds one for longer copies it.
 */
public record Transaction(Bytes bytes, Hash id) {
  /** The transaction with these bytes: the one place where an id is computed. */
  public static Transaction of(Bytes bytes) {
    return new Transaction(bytes, Hash.sha256(bytes));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Transaction that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "transaction " + id.abbreviated() + " (" + bytes.length() + " bytes)";
  }
}
