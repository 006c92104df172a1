package dev.quorate.ledger;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block with everything that is computed from its bytes, once: id, transaction ids, leaf hashes.
 *
 * <p>CometBFT's Block: header, transactions, evidence and the parent's commit (always present, as a
 * rule empty). Whether header and body agree, and whether the block may follow its parent, is for
 * {@link BlockRules} to say; any well-formed block can be held, one without transactions too.
 * Immutable; the transactions of a decoded block are slices of {@link #encoded()}.
 */
public final class LedgerBlock implements Block.Body {
  /** The most pieces of evidence in a block. */
  public static final int MAX_EVIDENCE = 64;

  /** An upper bound of the bytes in a block but transactions and evidence; its commit is empty. */
  public static final int MAX_OVERHEAD = 1_024;

  private final Header header;
  private final List<Transaction> transactions;
  private final List<Hash> leafHashes;
  private final Hash dataHash;
  private final List<Bytes> evidence;
  private final Commit lastCommit;
  private final Bytes encoded;
  private final Block block;

  private LedgerBlock(
      Header header, Contents contents, List<Hash> leafHashes, Hash dataHash, Bytes encoded) {
    this.header = header;
    this.transactions = contents.transactions();
    this.leafHashes = leafHashes;
    this.dataHash = dataHash;
    this.evidence = contents.evidence();
    this.lastCommit = contents.lastCommit();
    this.encoded = encoded;
    var id = new BlockId(header.hash(), PartSet.of(encoded).header());
    this.block =
        new Block(
            id, header.height(), header.lastBlockId(), header.proposer(), header.time(), this);
  }

  /** What stands in a block beside its header. */
  record Contents(List<Transaction> transactions, List<Bytes> evidence, Commit lastCommit) {
    Contents {
      transactions = List.copyOf(transactions);
      evidence = List.copyOf(evidence);
    }
  }

  /** The ledger's view of a block that it made or read: every body is one of ours. */
  public static LedgerBlock of(Block block) {
    if (block.body() instanceof LedgerBlock body) {
      return body;
    }
    throw new IllegalArgumentException(block + " was not made by the ledger");
  }

  /** A block with this header and these transactions, whether or not the two agree. */
  public static LedgerBlock of(Header header, List<Transaction> transactions, Commit lastCommit) {
    return of(header, new Contents(transactions, List.of(), lastCommit));
  }

  static LedgerBlock of(Header header, Contents contents) {
    var leafHashes = leafHashes(contents.transactions());
    return of(header, contents, leafHashes, MerkleTree.rootOfLeafHashes(leafHashes));
  }

  /** For a builder that has computed leaf hashes and root for the header already. */
  static LedgerBlock of(Header header, Contents contents, List<Hash> leafHashes, Hash dataHash) {
    var encoded = BlockCodec.encode(header, contents);
    return new LedgerBlock(header, contents, leafHashes, dataHash, encoded);
  }

  /**
   * The block that exactly these bytes encode; empty if they are not a canonical encoding, or hold
   * more than {@link Limits#MAX_BLOCK_TRANSACTIONS} transactions. How many bytes there may be is
   * the caller's concern, see {@link LedgerBlockReader}.
   */
  public static Optional<LedgerBlock> decode(Bytes encoded) {
    return BlockCodec.decode(encoded)
        .map(
            it -> {
              var leafHashes = leafHashes(it.contents().transactions());
              var dataHash = MerkleTree.rootOfLeafHashes(leafHashes);
              return new LedgerBlock(it.header(), it.contents(), leafHashes, dataHash, encoded);
            });
  }

  /** Bytes that a transaction of this size takes up in a block. */
  public static long sizeInBlock(int transactionBytes) {
    return Wire.fieldSize(transactionBytes);
  }

  /** Bytes that a piece of evidence of this size takes up in a block. */
  public static long evidenceSizeInBlock(int evidenceBytes) {
    return Wire.fieldSize(Wire.fieldSize(evidenceBytes));
  }

  static List<Hash> leafHashes(List<Transaction> transactions) {
    var ids = new ArrayList<Bytes>(transactions.size());
    for (var transaction : transactions) {
      ids.add(transaction.id().bytes());
    }
    return List.copyOf(MerkleTree.leafHashes(ids));
  }

  public Header header() {
    return header;
  }

  public Height height() {
    return header.height();
  }

  public BlockId id() {
    return block.id();
  }

  /** In their order. */
  public List<Transaction> transactions() {
    return transactions;
  }

  /** The leaf hashes of the transactions' ids, in their order: of the data and history trees. */
  public List<Hash> leafHashes() {
    return leafHashes;
  }

  /** The root over {@link #leafHashes()}: what the header should say. */
  public Hash dataHash() {
    return dataHash;
  }

  /** CometBFT's encodings of pieces of duplicate-vote evidence, in their order. */
  public List<Bytes> evidence() {
    return evidence;
  }

  /** The pieces of evidence as values; empty when one of them is nothing that we write. */
  public Optional<List<DuplicateVoteEvidence>> readEvidence() {
    var pieces = new ArrayList<DuplicateVoteEvidence>(evidence.size());
    for (var encoded : evidence) {
      var piece = DuplicateVoteEvidence.decode(encoded);
      if (piece.isEmpty()) {
        return Optional.empty();
      }
      pieces.add(piece.get());
    }
    return Optional.of(List.copyOf(pieces));
  }

  /** The root over {@link #evidence()}: what the header should say. */
  public Hash evidenceHash() {
    return MerkleTree.root(evidence);
  }

  /** The parent's commit where the engine puts it into blocks, else {@link Commit#EMPTY}. */
  public Commit lastCommit() {
    return lastCommit;
  }

  /** Whether the parent's commit stands in the block. */
  public boolean carriesCommit() {
    return !lastCommit.equals(Commit.EMPTY);
  }

  @Override
  public Bytes encoded() {
    return encoded;
  }

  /** The engines' view of this block. */
  public Block toBlock() {
    return block;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LedgerBlock that && id().equals(that.id());
  }

  @Override
  public int hashCode() {
    return id().hashCode();
  }

  @Override
  public String toString() {
    return block + " with " + transactions.size() + " transactions";
  }
}
