package dev.quorate.transport.handshake;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The greeting: unsigned, and believed only once a signature has covered it. It lets both ends name
 * the reason when they do not belong to one network.
 *
 * <p>Bytes: protocol version (u16), length (u8) and bytes of the chain id, genesis hash (32),
 * instance id (16). Only the version is read of a greeting in another version.
 *
 * @param version protocol of the frames that follow, 0 to 65,535
 * @param chainId as its sender wrote it; not judged here
 */
record Hello(int version, Bytes chainId, Hash genesisHash, InstanceId instance) {
  /** The protocol that this code speaks. */
  static final int PROTOCOL_VERSION = 1;

  static Hello of(NetworkIdentity network, InstanceId instance) {
    return new Hello(PROTOCOL_VERSION, network.chainIdBytes(), network.genesisHash(), instance);
  }

  Bytes encode() {
    var out = ByteBuffer.allocate(3 + chainId.length() + Hash.SIZE + InstanceId.SIZE);
    out.putShort((short) version).put((byte) chainId.length());
    chainId.copyTo(out);
    genesisHash.bytes().copyTo(out);
    instance.bytes().copyTo(out);
    return Bytes.wrap(out.array());
  }

  /** The version of a greeting in whatever protocol; empty where there is none. */
  static Optional<Integer> versionOf(Bytes encoded) {
    return encoded.length() < 2
        ? Optional.empty()
        : Optional.of(Short.toUnsignedInt(encoded.asBuffer().getShort()));
  }

  /** A greeting of this protocol's form; empty when a byte is missing or left over. */
  static Optional<Hello> decode(Bytes encoded) {
    if (encoded.length() < 3) {
      return Optional.empty();
    }
    int chainEnd = 3 + Byte.toUnsignedInt(encoded.at(2));
    int genesisEnd = chainEnd + Hash.SIZE;
    if (encoded.length() != genesisEnd + InstanceId.SIZE) {
      return Optional.empty();
    }
    return Optional.of(
        new Hello(
            Short.toUnsignedInt(encoded.asBuffer().getShort()),
            encoded.slice(3, chainEnd),
            Hash.copyOf(encoded.slice(chainEnd, genesisEnd)),
            new InstanceId(Bytes.wrap(encoded.slice(genesisEnd, encoded.length()).toArray()))));
  }
}
