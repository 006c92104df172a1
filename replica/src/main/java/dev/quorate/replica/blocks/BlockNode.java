package dev.quorate.replica.blocks;

import dev.quorate.crypto.Hash;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.LedgerBlock;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A checked block above the tip; its parent is null when that is the tip. */
final class BlockNode {
  private final LedgerBlock block;
  private final ChainState after;
  private final Set<Hash> ids;
  private final Set<Hash> offences = new HashSet<>();
  private @Nullable BlockNode parent;

  BlockNode(LedgerBlock block, ChainState after, @Nullable BlockNode parent) {
    this.block = block;
    this.after = after;
    this.parent = parent;
    this.ids = HashSet.newHashSet(block.transactions().size());
    for (var transaction : block.transactions()) {
      ids.add(transaction.id());
    }
    for (var evidence : block.readEvidence().orElseThrow()) {
      offences.add(evidence.offence().id());
    }
  }

  LedgerBlock block() {
    return block;
  }

  /** The chain as it stands after this block. */
  ChainState after() {
    return after;
  }

  @Nullable BlockNode parent() {
    return parent;
  }

  /** Its parent is the tip now. */
  void becomeRoot() {
    parent = null;
  }

  boolean holds(Hash transactionId) {
    return ids.contains(transactionId);
  }

  boolean holdsOffence(Hash offence) {
    return offences.contains(offence);
  }

  /** Whether this is {@code ancestor}, or stands above it. */
  boolean isOrDescendsFrom(BlockNode ancestor) {
    for (@Nullable BlockNode it = this; it != null; it = it.parent) {
      if (it == ancestor) {
        return true;
      }
    }
    return false;
  }
}
