package dev.quorate.simulator.node;

import dev.quorate.consensus.core.Message;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.Genesis;
import dev.quorate.simulator.clock.Agenda;
import dev.quorate.simulator.clock.Chance;
import dev.quorate.simulator.net.SimNet;
import dev.quorate.simulator.observe.Observation;
import java.util.Optional;

/** What a simulated node finds around itself. */
public interface Surroundings {
  Agenda agenda();

  /** The run's chance, to take a stream of one's own from. */
  Chance chance();

  Genesis genesis();

  SignatureScheme scheme();

  SimNet net();

  /** The engine's message in a frame, if there is one. */
  Optional<Message<?>> messageIn(Bytes frame);

  /** Tells everybody who looks at the run. */
  void observe(Observation observation);
}
