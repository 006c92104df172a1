package dev.quorate.consensus.core.vote;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.nio.ByteBuffer;

/**
 * That a validator voted twice in one phase of one round. This is what evidence is known by: a
 * validator can sign any number of blocks in one slot, and each of them any number of times, and
 * still it is one offence, which stands once in a chain.
 */
public record Offence(ValidatorId validator, VoteType type, Height height, Round round) {
  private static final Bytes DOMAIN = Bytes.utf8("quorate/offence/v1\0");

  /** SHA-256 over a domain tag, the address, the type (one byte), the height and the round. */
  public Hash id() {
    var slot = ByteBuffer.allocate(Byte.BYTES + Long.BYTES + Integer.BYTES);
    slot.put((byte) type.code()).putLong(height.value()).putInt(round.value());
    return Hash.sha256(DOMAIN, validator.address(), Bytes.wrap(slot.array()));
  }
}
