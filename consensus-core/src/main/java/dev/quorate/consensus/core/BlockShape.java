package dev.quorate.consensus.core;

/**
 * How an engine's blocks are made. It is a property of the engine, the same at every height, so a
 * block that has another shape is invalid.
 */
public record BlockShape(LastCommit lastCommit, EmptyBlocks emptyBlocks) {

  /** Where the commit of a block's parent stands. */
  public enum LastCommit {
    /**
     * In the block: a block above the initial height carries the commit of its parent, as handed
     * over in {@link Effect.BuildBlock#lastCommit()}, and {@code last_commit_hash} covers it. It is
     * valid when it passes the full check against the set of the parent's height, its block id is
     * the block's {@code last_block_id} and its timestamps are the parent's time; its round and its
     * signers may differ from those of the commit that is stored here. The block at the initial
     * height carries none.
     */
    CARRIED,
    /** Beside the chain only: every block has the hash of the empty commit. */
    BESIDE
  }

  /** Whether a block without transactions can be valid. */
  public enum EmptyBlocks {
    ALLOWED,
    NEVER
  }
}
