package dev.quorate.replica.blocks;

import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.vote.BlockId;

/** A block that the engine asked about, and what the rules say of it. */
public record Checked(BlockId id, Verdict verdict) {}
