package dev.quorate.simulator.node;

import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.Genesis;
import dev.quorate.simulator.clock.Agenda;
import dev.quorate.simulator.clock.Chance;
import dev.quorate.simulator.net.SimNet;
import dev.quorate.simulator.observe.Observation;

/** What a simulated node finds around itself. */
public interface Surroundings {
  Agenda agenda();

  /** The run's chance, to take a stream of one's own from. */
  Chance chance();

  Genesis genesis();

  SignatureScheme scheme();

  SimNet net();

  /** Tells everybody who looks at the run. */
  void observe(Observation observation);
}
