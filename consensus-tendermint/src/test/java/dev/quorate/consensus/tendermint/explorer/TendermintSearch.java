package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.explorer.Search;

/** The explorer of Tendermint as an experiment. */
final class TendermintSearch extends Search {
  TendermintSearch() {
    super(new TendermintGame());
  }
}
