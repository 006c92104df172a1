package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.explorer.Swarm;

/** What can happen, with how often it does so where nothing is stressed. */
enum Act implements Swarm.Act {
  /** Proposals and votes arrive as they were sent. */
  FLOW(10, true),
  /** One message arrives that did not yet. */
  DELIVER(6, false),
  /** Any message ever sent arrives, perhaps again. */
  REPLAY(2, false),
  /** A certificate that exists is put together and arrives. */
  CERTIFY(6, true),
  /** The liar votes. */
  VOTE(6, false),
  /** The liar proposes. */
  PROPOSE(6, true),
  /** A few go through a round of the normal case, as far as chance lets them. */
  ROUND(16, true),
  /** A few give their round up together. */
  GIVE_UP(14, true),
  /** A timer that runs is over. */
  TIMER(5, false),
  /** Transactions wait, or do not any more. */
  WORK(2, false),
  /** A crash, and the restart from what was saved. */
  CRASH(2, false),
  /** A decided block comes from a peer's chain. */
  SYNC(1, false),
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
