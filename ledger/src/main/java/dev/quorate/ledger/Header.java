package dev.quorate.ledger;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * What a block's hash is computed from: CometBFT's header, field for field.
 *
 * <p>Any well-formed header can be held, also one of another network; {@link BlockRules} says which
 * may follow which parent.
 *
 * @param blockVersion the block protocol, {@link #BLOCK_VERSION} in our own blocks
 * @param appVersion the version of the ledger's format, the genesis file's {@code format}
 * @param chainId at most {@link #MAX_CHAIN_ID_BYTES} bytes of UTF-8
 * @param lastBlockId the parent: this is the hash chain
 * @param lastCommitHash of the commit that the block carries, which is the empty one under PBFT
 * @param dataHash the tree over the ids of the transactions
 * @param consensusHash of the limit on a block's bytes
 * @param appHash in our own blocks 40 bytes: how many transactions the ledger holds up to and with
 *     the parent, then the root of the tree over all their ids
 * @param lastResultsHash {@link Hash#NONE} in our own blocks
 * @param proposer who first built the block; a re-proposal never changes that
 */
public record Header(
    long blockVersion,
    long appVersion,
    String chainId,
    Height height,
    Instant time,
    BlockId lastBlockId,
    Hash lastCommitHash,
    Hash dataHash,
    Hash validatorsHash,
    Hash nextValidatorsHash,
    Hash consensusHash,
    Bytes appHash,
    Hash lastResultsHash,
    Hash evidenceHash,
    ValidatorId proposer) {

  /** CometBFT 0.38's block protocol. */
  public static final long BLOCK_VERSION = 11;

  /** The longest chain id, in bytes. */
  public static final int MAX_CHAIN_ID_BYTES = 50;

  /** The longest application hash; ours has 40 bytes. */
  public static final int MAX_APP_HASH_BYTES = 64;

  /** The first instant that a protobuf timestamp can tell. */
  static final Instant MIN_TIME = Instant.parse("0001-01-01T00:00:00Z");

  /** The last one. */
  static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** Refuses negative versions, a long chain id or application hash, and years beyond 1..9999. */
  public Header {
    if (blockVersion < 0 || appVersion < 0) {
      throw new IllegalArgumentException("version " + blockVersion + "/" + appVersion);
    }
    int chainIdBytes = chainId.getBytes(StandardCharsets.UTF_8).length;
    if (chainIdBytes > MAX_CHAIN_ID_BYTES) {
      throw new IllegalArgumentException("a chain id of " + chainIdBytes + " bytes");
    }
    if (time.isBefore(MIN_TIME) || time.isAfter(MAX_TIME)) {
      throw new IllegalArgumentException("a header cannot tell the time " + time);
    }
    if (appHash.length() > MAX_APP_HASH_BYTES) {
      throw new IllegalArgumentException("an application hash of " + appHash.length() + " bytes");
    }
  }

  /** The header that exactly these bytes encode; empty if they are not a canonical encoding. */
  public static Optional<Header> decode(Bytes encoded) {
    return HeaderCodec.decode(encoded);
  }

  /** CometBFT's encoding. */
  public Bytes encode() {
    return Protos.bytes(HeaderCodec.toProto(this));
  }

  /** The root of the tree over the encodings of the fields. */
  public Hash hash() {
    return HeaderCodec.hash(this);
  }
}
