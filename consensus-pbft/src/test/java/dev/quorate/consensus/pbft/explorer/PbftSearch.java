package dev.quorate.consensus.pbft.explorer;

import dev.quorate.explorer.Search;

/** The explorer of PBFT as an experiment. */
final class PbftSearch extends Search {
  PbftSearch() {
    super(new PbftGame());
  }
}
