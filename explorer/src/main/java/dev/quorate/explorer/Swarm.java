package dev.quorate.explorer;

/**
 * What happens how often. Each trace leaves some things out and stresses others (swarm testing);
 * within a trace each phase does so again, and favours some of the validators: that is what makes
 * partitions, hidden locks, lost messages and half-known certificates.
 *
 * @param <A> what can happen
 */
public final class Swarm<A extends Enum<A> & Swarm.Act> {
  private static final int[] STRESS_OF_TRACE = {0, 1, 1, 2, 4};
  private static final int[] STRESS_OF_PHASE = {0, 1, 1, 3, 6};
  private static final int[] STRESS_OF_NEEDED = {1, 1, 2, 4};
  private static final int[] FEW = {0b011, 0b101, 0b110, 0b011, 0b101, 0b110, 0b111, 0b111, 0b001};
  private static final int[] LAZINESS = {20, 50, 80, 97};

  private final Chance chance;
  private final A[] acts;
  private final int rounds;
  private final int length;
  private final boolean lone;
  private final int[] ofTrace;
  private final int[] ofPhase;
  private int sum;
  private int phaseEnds;
  private int focus;
  private int lazy;

  /** What can happen in a trace. */
  public interface Act {
    /** How often it does so, beside the others, where nothing is stressed. */
    int usually();

    /** Whether traces without it come to nothing; then it is never left out. */
    boolean isNeeded();
  }

  /**
   * Draws the stresses of one trace.
   *
   * @param acts all that can happen
   * @param depths engines are driven to one of so many rounds, from the second on
   * @param lonePercent in how many of a hundred traces blocks are built one at a time; 0 where an
   *     engine knows nothing else
   */
  public Swarm(Chance chance, A[] acts, int depths, int lonePercent) {
    this.chance = chance;
    this.acts = acts.clone();
    this.rounds = 2 + chance.below(depths);
    this.length = 14 + chance.below(36);
    this.lone = lonePercent > 0 && chance.percent(lonePercent);
    this.ofTrace = new int[acts.length];
    this.ofPhase = new int[acts.length];
    for (int i = 0; i < acts.length; i++) {
      ofTrace[i] = acts[i].usually() * stress(acts[i], STRESS_OF_TRACE);
    }
  }

  /** The rounds (PBFT: views) that engines are driven to. */
  public int rounds() {
    return rounds;
  }

  /** How many acts a trace has. */
  int length() {
    return length;
  }

  /** Whether blocks are built one at a time. */
  public boolean isLone() {
    return lone;
  }

  /** The next thing to happen. */
  A act(int step) {
    if (step >= phaseEnds) {
      nextPhase(step);
    }
    int point = chance.below(sum);
    int i = 0;
    while (point >= ofPhase[i]) {
      point -= ofPhase[i];
      i++;
    }
    return acts[i];
  }

  /** To whom it happens: one of three, by number. */
  int whom() {
    int number = chance.below(3);
    return (focus >> number & 1) == 1 || chance.percent(10)
        ? number
        : Integer.numberOfTrailingZeros(focus);
  }

  /** A few of the three, mostly two, as a bit mask. */
  public int few() {
    return FEW[chance.below(FEW.length)];
  }

  /** Whether what a replica is owed (own messages, verdicts) stays in its queue for now. */
  public boolean isLazy() {
    return lazy > 0 && chance.percent(lazy);
  }

  private void nextPhase(int step) {
    phaseEnds = step + 4 + chance.below(24);
    focus = 1 + chance.below(7);
    lazy = chance.percent(30) ? LAZINESS[chance.below(LAZINESS.length)] : 0;
    sum = 0;
    for (int i = 0; i < ofPhase.length; i++) {
      ofPhase[i] = ofTrace[i] * stress(acts[i], STRESS_OF_PHASE);
      sum += ofPhase[i];
    }
  }

  private int stress(A act, int[] usual) {
    var among = act.isNeeded() ? STRESS_OF_NEEDED : usual;
    return among[chance.below(among.length)];
  }
}
