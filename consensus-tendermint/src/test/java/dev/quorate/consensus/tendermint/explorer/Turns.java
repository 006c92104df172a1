package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.validators.ProposerPriorities;
import dev.quorate.explorer.Ballots;
import dev.quorate.explorer.Cast;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who proposes where: counted here once more, not taken from the engine. */
final class Turns {
  private static final Map<Cast, Turns> ALL = new ConcurrentHashMap<>();

  private final int[][] proposers = new int[TendermintGame.HEIGHTS + 2][Ballots.ROUNDS];

  private Turns(Cast cast) {
    var turn = ProposerPriorities.fresh(cast.set()).increment(1);
    for (int height = 1; height < proposers.length; height++) {
      proposers[height][0] = cast.indexOf(turn.proposer());
      for (int round = 1; round < Ballots.ROUNDS; round++) {
        proposers[height][round] = cast.indexOf(turn.after().increment(round).proposer());
      }
      turn = turn.after().increment(1);
    }
  }

  static int proposerOf(Cast cast, int height, int round) {
    return ALL.computeIfAbsent(cast, Turns::new).proposers[height][round];
  }
}
