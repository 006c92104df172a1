package dev.quorate.consensus.pbft.explorer;

import dev.quorate.explorer.Swarm;

/** What can happen, with how often it does so where nothing is stressed. */
enum Act implements Swarm.Act {
  /** Proposals and votes arrive as they were sent. */
  FLOW(15, true),
  /** One message arrives that did not yet. */
  DELIVER(6, false),
  /** Any message ever sent arrives, perhaps again. */
  REPLAY(2, false),
  /** A certificate that exists is put together and arrives. */
  CERTIFY(10, true),
  /** The liar votes. */
  VOTE(2, false),
  /** The liar proposes. */
  PROPOSE(8, true),
  /** A few go through a round of the normal case, as far as chance lets them. */
  ROUND(14, false),
  /** A few go through a change of the view together. */
  CHANGE(9, false),
  /** A replica has enough of its view. */
  LEAVE(4, true),
  /** A replica hears of others that left. */
  JOIN(4, true),
  /** Who can open a view gets what it needs. */
  OPEN(5, true),
  /** A NewView arrives. */
  ENTER(5, true),
  /** A timer that runs is over. */
  TIMER(2, false),
  /** Transactions wait. */
  WORK(3, false),
  /** A crash, and the restart from what was saved. */
  CRASH(1, false),
  /** A final block comes from a peer's chain. */
  SYNC(3, false),
  /** A body that was asked for comes. */
  BODY(4, false);

  private final int usually;
  private final boolean needed;

  Act(int usually, boolean needed) {
    this.usually = usually;
    this.needed = needed;
  }

  @Override
  public int usually() {
    return usually;
  }

  @Override
  public boolean isNeeded() {
    return needed;
  }
}
