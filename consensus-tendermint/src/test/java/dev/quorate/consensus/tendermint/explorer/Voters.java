package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.explorer.Ballots;

/** Which correct validators voted at a place, for whatever. */
final class Voters {
  private static final int HEIGHTS = TendermintGame.HEIGHTS + 1;

  private final int[] masks = new int[2 * Ballots.ROUNDS * HEIGHTS];

  void add(VoteType type, int height, int round, int validator) {
    masks[place(type, height, round)] |= 1 << validator;
  }

  /** As a bit mask. */
  int at(VoteType type, int height, int round) {
    return masks[place(type, height, round)];
  }

  private static int place(VoteType type, int height, int round) {
    return ((type.code() - 1) * Ballots.ROUNDS + round) * HEIGHTS + height;
  }
}
