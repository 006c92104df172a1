package dev.quorate.ledger.store;

import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.Four;

class InMemoryChainStoreTest implements ChainStoreContract {
  private final InMemoryChainStore store = new InMemoryChainStore(Four.GENESIS);

  @Override
  public ChainStore store() {
    return store;
  }

  @Override
  public void reopen() {
    store.close();
    store.reopen();
  }
}
