package dev.quorate.replica.sync;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.replica.Counts;
import dev.quorate.replica.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a replica asks its peers for, and whom it can ask. */
public final class Sync {
  private final Peers peers;
  private final CatchUp catchUp;
  private final BlockFetches fetches;

  /**
   * Nothing is asked yet, and nobody can be reached.
   *
   * @param others the other validators in set order
   * @param patience how long an answer is waited for
   */
  public Sync(List<ValidatorId> others, Network network, Counts counts, Duration patience) {
    this.peers = new Peers(others);
    this.catchUp = new CatchUp(peers, network, counts, patience);
    this.fetches = new BlockFetches(peers, network, counts, patience);
  }

  public Peers peers() {
    return peers;
  }

  /** Final blocks. */
  public CatchUp catchUp() {
    return catchUp;
  }

  /** Bodies of blocks above the tip. */
  public BlockFetches fetches() {
    return fetches;
  }

  /** A peer can be reached, or not any more. */
  public void link(ValidatorId peer, boolean connected) {
    if (connected) {
      peers.connect(peer);
    } else {
      peers.disconnect(peer);
      catchUp.disconnected(peer);
      fetches.disconnected(peer);
    }
  }

  /** Sends the requests that are due. */
  public void endOfTurn(Height tip, Instant now) {
    catchUp.endOfTurn(tip, now);
    fetches.endOfTurn(tip, now);
  }

  /** When {@link #endOfTurn} has something to do even if nothing happens. */
  public Instant nextDeadline() {
    var one = catchUp.nextDeadline();
    var other = fetches.nextDeadline();
    return one.isBefore(other) ? one : other;
  }
}
