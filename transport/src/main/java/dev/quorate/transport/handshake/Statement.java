package dev.quorate.transport.handshake;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.PublicKey;
import java.nio.ByteBuffer;

/**
 * What an end signs: "in this network, on this very connection, I am {@code signer} and I speak to
 * {@code other}".
 *
 * <p>Both certificates are in it, so it is worth nothing on another connection; the role is in it,
 * so it cannot be sent back to its author.
 */
record Statement(NetworkIdentity network, Role role, End signer, End other) {
  /** Begins the sign bytes, so that no other kind of signed bytes can equal them. */
  static final Bytes TAG = Bytes.utf8("quorate/handshake/v1");

  private static final int END_SIZE = PublicKey.SIZE + Hash.SIZE + InstanceId.SIZE;

  /**
   * Tag, zero byte, length and bytes of the chain id, protocol version (u16), role (u8), genesis
   * hash, then key, certificate hash and instance id of the signer and of the other end. Everything
   * but the chain id has a fixed width; numbers are big-endian.
   */
  Bytes signBytes() {
    var chainId = network.chainIdBytes();
    var out =
        ByteBuffer.allocate(
            TAG.length() + 2 + chainId.length() + 3 + Hash.SIZE + END_SIZE + END_SIZE);
    TAG.copyTo(out);
    out.put((byte) 0).put((byte) chainId.length());
    chainId.copyTo(out);
    out.putShort((short) Hello.PROTOCOL_VERSION).put(role.code());
    network.genesisHash().bytes().copyTo(out);
    put(out, signer);
    put(out, other);
    return Bytes.wrap(out.array());
  }

  private static void put(ByteBuffer out, End end) {
    end.key().bytes().copyTo(out);
    end.certificate().bytes().copyTo(out);
    end.instance().bytes().copyTo(out);
  }
}
