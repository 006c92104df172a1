package dev.quorate.ledger;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.evidence.EvidenceReader;
import java.util.Optional;

/**
 * The committed chain, for everybody who asks about it; safe for use by any thread.
 *
 * <p>What is visible here is durable. Blocks become visible in order of height, and a block's
 * transactions are found from the moment it is: whatever was seen once is seen ever after. Every
 * method throws {@link dev.quorate.ledger.store.StorageException} when the disk fails or what it
 * holds is damaged.
 */
public interface ChainReader {
  /** The chain right after its newest block; empty while there is none. */
  Optional<ChainState> tip();

  /** A committed block with its certificate. */
  Optional<StoredBlock> block(Height height);

  /** The header of a committed block, without reading its transactions. */
  Optional<Header> header(Height height);

  /** The certificate this node holds for a block; another node's may name other signers. */
  Optional<Commit> commit(Height height);

  /** Where the block with this header hash stands in the chain. */
  Optional<Height> heightOf(Hash blockHash);

  /** Where a committed transaction stands in the chain. */
  Optional<Location> locate(Hash transactionId);

  /** Whether a transaction is committed; cheaper than {@link #locate(Hash)}. */
  boolean contains(Hash transactionId);

  /** Evidence against validators: in the chain, and waiting for a block. */
  EvidenceReader evidence();

  /** The height of the first block, whether it exists or not. */
  Height initialHeight();
}
