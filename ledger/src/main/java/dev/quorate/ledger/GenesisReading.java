package dev.quorate.ledger;

import java.util.List;

/** What came of reading a genesis file. */
public sealed interface GenesisReading {
  /** A network that can be run. */
  record Read(Genesis genesis) implements GenesisReading {}

  /**
   * A file that was refused.
   *
   * @param faults all of them in the order of the file, each a sentence that begins with {@code
   *     line:column} and the member, so that a file name can be put in front
   */
  record Faulty(List<String> faults) implements GenesisReading {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }
}
