package dev.quorate.consensus.tendermint.explorer;

/**
 * What happens how often. Each trace leaves some things out and stresses others (swarm testing);
 * within a trace each phase does so again, and favours some of the validators: that is what makes
 * partitions, hidden locks and half-known certificates.
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

  /** The rounds that engines are driven to. */
  final int rounds;

  /** How many acts a trace has. */
  final int length;

  /** What can happen, with how often it does so where nothing is stressed. */
  enum Act {
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
  }

  Swarm(Chance chance) {
    this.chance = chance;
    this.rounds = 2 + chance.below(5);
    this.length = 14 + chance.below(36);
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
    return (focus >> number & 1) == 1 || chance.percent(10)
        ? number
        : Integer.numberOfTrailingZeros(focus);
  }

  /** A few of the three, mostly two. */
  int few() {
    return FEW[chance.below(FEW.length)];
  }

  /** Whether what a replica is owed (own messages, verdicts) stays in its queue for now. */
  boolean isLazy() {
    return lazy > 0 && chance.percent(lazy);
  }

  private void nextPhase(int step) {
    phaseEnds = step + 4 + chance.below(24);
    focus = 1 + chance.below(7);
    lazy = chance.percent(30) ? LAZINESS[chance.below(LAZINESS.length)] : 0;
    sum = 0;
    for (int i = 0; i < ACTS.length; i++) {
      ofPhase[i] = ofTrace[i] * stress(ACTS[i], STRESS_OF_PHASE);
      sum += ofPhase[i];
    }
  }

  private int stress(Act act, int[] stresses) {
    var fitting = act.needed ? STRESS_OF_NEEDED : stresses;
    return fitting[chance.below(fitting.length)];
  }
}
