package dev.quorate.gateway;

import dev.quorate.crypto.Hash;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.Transaction;
import java.util.concurrent.CompletionStage;

/**
 * The ordering service as the gateway sees it: one node of one network.
 *
 * <p>Every method may be called from any thread and returns at once; none waits for consensus. What
 * a client can cause comes back as a value, so a throwing method means a bug or a broken
 * environment.
 */
public interface Ordering {
  /**
   * Asks for a transaction to be ordered. The stage always completes normally, on whatever thread
   * admitted or refused the transaction; one that is complete already is answered without a change
   * of thread. Sending a transaction again is always safe.
   */
  CompletionStage<Admission> submit(Transaction transaction);

  /** What this node knows of a transaction; {@code Committed} only when the block is durable. */
  TransactionStatus status(Hash id);

  /** Where consensus stands. */
  ConsensusView consensus();

  /** Whether clients should be sent here. */
  Readiness readiness();

  /** The blocks that are durable here. */
  ChainReader chain();

  /** What the network agreed on before its first block. */
  Genesis genesis();

  /** The name of this node in its genesis or, for an observer, in its configuration. */
  String node();

  /** What runs here. */
  BuildVersion version();

  /**
   * Calls the listener for each block from now on, in order, once. Closing what is returned ends
   * that; a call under way may still finish.
   */
  Subscription subscribe(FinalityListener listener);

  /** A running subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
