package dev.quorate.simulator.oracle;

import dev.quorate.simulator.observe.Oracle;
import java.util.List;

/** The oracles that look at every run, whatever the engine. */
public final class Oracles {
  private Oracles() {}

  /** New ones, for one run. */
  public static List<Oracle> ofAnyEngine() {
    return List.of(
        new Agreement(),
        new PrefixClosed(),
        new SoundChain(),
        new ProvenCommits(),
        new OneSignaturePerSlot(),
        new NothingInvented(),
        new ExactlyOnce(),
        new AcknowledgedStays(),
        new TruthfulStatus(),
        new DurableBeforeSent(),
        new SameAfterRestart(),
        new Progress(),
        new CatchesUp(),
        new Resumes(),
        new BoundedMemory(),
        new NothingEscapes(),
        new JustAccusations(),
        new NamesTheFaulty());
  }
}
