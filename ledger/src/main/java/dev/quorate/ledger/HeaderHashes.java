package dev.quorate.ledger;

import com.google.protobuf.ByteString;
import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleFrontier;
import dev.quorate.crypto.MerkleTree;
import dev.quorate.ledger.proto.HashedParamsProto;
import dev.quorate.ledger.proto.PublicKeyProto;
import dev.quorate.ledger.proto.SimpleValidatorProto;
import java.nio.ByteBuffer;
import java.util.List;

/** What a header says by hash about things that stand elsewhere. */
public final class HeaderHashes {
  /** The {@code max_gas} of a ledger that knows no gas. */
  public static final long NO_GAS_LIMIT = -1;

  private HeaderHashes() {}

  /** The tree over a set's keys and powers in set order. */
  public static Hash validators(ValidatorSet set) {
    return validators(set.members());
  }

  /** The same for validators that stand in set order already; there may be none. */
  public static Hash validators(List<Validator> inSetOrder) {
    return MerkleTree.root(inSetOrder.stream().map(HeaderHashes::leaf).toList());
  }

  /** SHA-256 of CometBFT's HashedParams. */
  public static Hash params(long maxBytes, long maxGas) {
    var params = HashedParamsProto.newBuilder().setMaxBytes(maxBytes).setMaxGas(maxGas).build();
    return Hash.sha256(Protos.bytes(params));
  }

  /** The size of the tree over all transactions of the ledger (uint64, big-endian), its root. */
  public static Bytes history(MerkleFrontier history) {
    var encoded = ByteBuffer.allocate(Long.BYTES + Hash.SIZE);
    encoded.putLong(history.size());
    history.root().bytes().copyTo(encoded);
    return Bytes.wrap(encoded.array());
  }

  static Bytes leaf(Validator validator) {
    ByteString key = Protos.wrap(validator.key().bytes());
    return Protos.bytes(
        SimpleValidatorProto.newBuilder()
            .setPubKey(PublicKeyProto.newBuilder().setEd25519(key))
            .setVotingPower(validator.power())
            .build());
  }
}
