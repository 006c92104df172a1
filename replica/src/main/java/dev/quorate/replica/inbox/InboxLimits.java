package dev.quorate.replica.inbox;

/**
 * How much may wait for a replica's next turn. What comes when a queue is full is dropped and
 * counted; a client is told so.
 *
 * @param peerMessages engine messages of one peer
 * @param peerMessageBytes their bytes on the wire
 * @param peerRequests requests and answers about blocks of one peer
 * @param peerRequestBytes their bytes on the wire
 * @param peerTransactions transactions that one peer passed on
 * @param peerTransactionBytes their bytes
 * @param clientTransactions transactions of clients
 * @param clientTransactionBytes their bytes
 */
public record InboxLimits(
    int peerMessages,
    long peerMessageBytes,
    int peerRequests,
    long peerRequestBytes,
    int peerTransactions,
    long peerTransactionBytes,
    int clientTransactions,
    long clientTransactionBytes) {
  /** Room for a burst, not for a backlog. */
  public static final InboxLimits DEFAULT =
      new InboxLimits(4_096, 32L << 20, 32, 16L << 20, 32_768, 16L << 20, 65_536, 64L << 20);
}
