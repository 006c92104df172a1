package dev.quorate.replica;

/** What a replica counts. */
public enum Count {
  /** Steps of the engine. */
  STEPS,
  /** Write transactions, each with all that was to become durable in one pass. */
  WRITES,
  /** Blocks that became final here. */
  BLOCKS_DELIVERED,
  /** Transactions that became final here. */
  TRANSACTIONS_DELIVERED,
  /** Blocks that were built here. */
  BLOCKS_BUILT,
  /** Blocks that were checked and found to break a rule. */
  BLOCKS_INVALID,
  /** Messages broadcast to all. */
  BROADCASTS,
  /** Messages sent to one. */
  SENDS,
  /** Signatures that the guard refused: each one a bug, or somebody else with our key. */
  SIGNATURES_REFUSED,
  /** Times that the sign guard was written and synced, each with all signatures of one pass. */
  GUARD_WRITES,
  /** Messages that were not signed and did not leave, because this replica was silent. */
  MESSAGES_WITHHELD,
  /** Valid signatures of our own key that we did not make, or do not remember. */
  FOREIGN_SIGNATURES,
  /** Pairs of votes that no correct validator makes. */
  ACCUSATIONS,
  /** Pieces of evidence that were proven here and kept for a block. */
  EVIDENCE_KEPT,
  /** Pieces of evidence in blocks that became final here. */
  EVIDENCE_COMMITTED,
  /** Conflicting votes whose offence was known already. */
  EVIDENCE_REPEATED,
  /** Pieces of evidence of heights that were not final here yet; their sender repeats them. */
  EVIDENCE_EARLY,
  /** Pieces of evidence that prove nothing, or are too old. */
  EVIDENCE_INVALID,
  /** Conflicting votes dropped for want of room, or because a peer sends too much evidence. */
  EVIDENCE_REFUSED,
  /** Transactions of clients that were taken into the pool. */
  CLIENT_TRANSACTIONS_ADMITTED,
  /** Transactions of peers that were taken into the pool. */
  PEER_TRANSACTIONS_ADMITTED,
  /** Transactions that were in the pool or final already. */
  TRANSACTIONS_REPEATED,
  /** Transactions that found the pool full. */
  POOL_FULL,
  /** Transactions passed on to the leader when they were admitted. */
  TRANSACTIONS_FORWARDED,
  /** Transactions passed on again because they still stood in no block. */
  TRANSACTIONS_FORWARDED_AGAIN,
  /** Requests for blocks that were sent. */
  REQUESTS_SENT,
  /** Requests for blocks that no answer came to in time. */
  REQUESTS_EXPIRED,
  /** Requests for blocks that were answered. */
  REQUESTS_SERVED,
  /** Requests for blocks that were refused because the peer asks for too much. */
  REQUESTS_REFUSED,
  /** Blocks taken over from a peer's chain. */
  BLOCKS_SYNCED,
  /** Frames of somebody who is not in the validator set. */
  FRAMES_OF_STRANGERS,
  /** Frames that are no canonical encoding of anything. */
  FRAMES_MALFORMED,
  /** Engine messages that would change nothing, dropped before they were verified. */
  MESSAGES_UNWANTED,
  /** Engine messages with a signature that is not valid. */
  MESSAGES_FORGED,
  /** Transactions of peers that are empty or too large. */
  TRANSACTIONS_REFUSED,
  /** Answers that nobody asked for. */
  ANSWERS_UNASKED,
  /** Answers with a block or a commit that is not valid. */
  ANSWERS_INVALID,
  /** Frames over which the ingress stumbled: each one a bug. */
  FRAMES_STUMBLED,
  /** Engine messages dropped because a queue was full. */
  DROPPED_MESSAGES,
  /** Requests and answers about blocks dropped because a queue was full. */
  DROPPED_REQUESTS,
  /** Transactions dropped because a queue was full. */
  DROPPED_TRANSACTIONS
}
