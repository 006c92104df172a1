package dev.quorate.simulator.tendermint.trick;

/** What a peer can send without end, each for itself, so that it shows what is kept of it. */
public enum Flood {
  /** Votes and proposals of later and later rounds of this height. */
  FUTURE_ROUNDS,
  /** Votes and proposals of the next height, and of heights that are far away. */
  FUTURE_HEIGHTS,
  /** Everything that carries a number, with the greatest there are. */
  MAXIMAL_NUMBERS,
  /** Certificates: with all signatures, in other words; with the own one only; invented ones. */
  CERTIFICATES,
  /** Votes that let nobody enter a round, each of another one. */
  JUSTIFICATIONS,
  /** Where nobody is. */
  STATUSES
}
