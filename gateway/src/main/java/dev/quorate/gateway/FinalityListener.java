package dev.quorate.gateway;

import dev.quorate.ledger.StoredBlock;

/** Hears of each block once it is durable and readable. */
@FunctionalInterface
public interface FinalityListener {
  /** Called on the thread that made the block durable: it must not wait, read a disk or throw. */
  void onFinal(StoredBlock block);
}
