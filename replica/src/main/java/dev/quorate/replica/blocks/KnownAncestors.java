package dev.quorate.replica.blocks;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Ancestors;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Header;
import dev.quorate.replica.pool.Mempool;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chain up to a checked block: the blocks above the tip, then those that are final.
 *
 * @param end the last one; null when it is the tip
 */
record KnownAncestors(ChainReader chain, Mempool pool, ChainState tip, @Nullable BlockNode end)
    implements Ancestors {
  @Override
  public boolean hold(Hash transactionId) {
    for (var it = end; it != null; it = it.parent()) {
      if (it.holds(transactionId)) {
        return true;
      }
    }
    // What is in the pool is not final, and asking the pool is cheaper than asking the chain.
    return !pool.contains(transactionId) && chain.contains(transactionId);
  }

  @Override
  public boolean holdOffence(Hash offence) {
    for (var it = end; it != null; it = it.parent()) {
      if (it.holdsOffence(offence)) {
        return true;
      }
    }
    // The chain may be a few blocks ahead of what was made known here.
    return chain.evidence().locate(offence).filter(it -> !isAboveTip(it.height())).isPresent();
  }

  @Override
  public Optional<Instant> timeAt(Height height) {
    for (var it = end; it != null; it = it.parent()) {
      if (it.block().height().equals(height)) {
        return Optional.of(it.block().header().time());
      }
    }
    return isAboveTip(height) ? Optional.empty() : chain.header(height).map(Header::time);
  }

  private boolean isAboveTip(Height height) {
    return height.isAbove(tip.height());
  }
}
