package dev.quorate.simulator.pbft.trick;

/** What a peer can send without end, each for itself, so that it shows what is kept of it. */
public enum Flood {
  /** Votes, proposals and complaints of later and later views, for heights within reach. */
  FUTURE_VIEWS,
  /** Votes and proposals of the current view, for heights that are far away. */
  FUTURE_HEIGHTS,
  /** Everything that carries a number, with the greatest there are. */
  MAXIMAL_NUMBERS,
  /** ViewChanges and NewViews, each for another view. */
  CLAIMS,
  /** Certificates: with all signatures, in other words; with the own one only; invented ones. */
  CERTIFICATES,
  /** Standings that nobody has. */
  STATUSES,
  /** Requests for blocks that exist or not, and answers that nobody asked for. */
  FETCHES,
  /** Transactions, all new. */
  TRANSACTIONS
}
