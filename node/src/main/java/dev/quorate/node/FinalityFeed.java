package dev.quorate.node;

import dev.quorate.crypto.Hash;
import dev.quorate.gateway.FinalityListener;
import dev.quorate.gateway.Ordering.Subscription;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.StoredBlock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Passes final blocks on to whoever listens, with their place in the ledger. The replica's thread
 * publishes; any thread subscribes.
 */
final class FinalityFeed implements dev.quorate.replica.FinalityListener {
  private final List<FinalityListener> listeners = new CopyOnWriteArrayList<>();
  private final Consumer<Hash> committed;
  private long sequence;

  /**
   * @param tip where the chain ends now
   * @param committed hears of each transaction before any listener hears of its block
   */
  FinalityFeed(Optional<ChainState> tip, Consumer<Hash> committed) {
    this.sequence = tip.map(it -> it.history().size()).orElse(0L);
    this.committed = committed;
  }

  Subscription subscribe(FinalityListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void onDelivered(LedgerBlock block, Commit commit) {
    var stored = new StoredBlock(block, commit, sequence);
    sequence += block.transactions().size();
    block.transactions().forEach(transaction -> committed.accept(transaction.id()));
    listeners.forEach(listener -> listener.onFinal(stored));
  }
}
