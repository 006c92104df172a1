package dev.quorate.consensus.pbft.explorer;

/**
 * What happens how often. Each trace leaves some things out and stresses others (swarm testing);
 * within a trace each phase does so again, and favours some of the validators: that is what makes
 * partitions, lost messages and half-known certificates.
 */
final class Swarm {
  private static final int[] STRESS_OF_TRACE = {0, 1, 1, 2, 4};
  private static final int[] STRESS_OF_PHASE = {0, 1, 1, 3, 6};
  private static final int[] STRESS_OF_NEEDED = {1, 1, 2, 4};
  private static final int[] FEW = {0b011, 0b101, 0b110, 0b011, 0b101, 0b110, 0b111, 0b111, 0b001};
  private static final int[] LAZINESS = {20, 50, 80, 97};
  private static final Act[] ACTS = Act.values();

  private final Chance chance;
  private final int[] ofTrace = new int[ACTS.length];
  private final int[] ofPhase = new int[ACTS.length];
  private int sum;
  private int phaseEnds;
  private int focus;
  private int lazy;

  /** The views that engines are driven to. */
  final int views;

  /** How many acts a trace has. */
  final int length;

  /** Whether blocks are built one at a time. */
  final boolean lone;

  /** What can happen, with how often it does so where nothing is stressed. */
  enum Act {
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
  }

  Swarm(Chance chance) {
    this.chance = chance;
    this.views = 2 + chance.below(4);
    this.length = 14 + chance.below(36);
    this.lone = chance.percent(30);
    for (int i = 0; i < ACTS.length; i++) {
      ofTrace[i] = ACTS[i].usually * stress(ACTS[i], STRESS_OF_TRACE);
    }
  }

  /** The next thing to happen. */
  Act act(int step) {
    if (step >= phaseEnds) {
      nextPhase(step);
    }
    int point = chance.below(sum);
    int i = 0;
    while (point >= ofPhase[i]) {
      point -= ofPhase[i];
      i++;
    }
    return ACTS[i];
  }

  /** To whom it happens: one of three, by number. */
  int whom() {
    int number = chance.below(3);
    return (focus >> number & 1) == 1 || chance.percent(10) ? number : fallback();
  }

  /** A few of the three, mostly two. */
  int few() {
    return FEW[chance.below(FEW.length)];
  }

  /** Whether what a replica is owed (own messages, verdicts) stays in its queue for now. */
  boolean isLazy() {
    return lazy > 0 && chance.percent(lazy);
  }

  private int fallback() {
    return Integer.numberOfTrailingZeros(focus);
  }

  private void nextPhase(int step) {
    phaseEnds = step + 4 + chance.below(24);
    focus = 1 + chance.below(7);
    lazy = chance.percent(30) ? LAZINESS[chance.below(LAZINESS.length)] : 0;
    sum = 0;
    for (int i = 0; i < ofPhase.length; i++) {
      ofPhase[i] = ofTrace[i] * stress(ACTS[i], STRESS_OF_PHASE);
      sum += ofPhase[i];
    }
  }

  private int stress(Act act, int[] usual) {
    var among = act.needed ? STRESS_OF_NEEDED : usual;
    return among[chance.below(among.length)];
  }
}
