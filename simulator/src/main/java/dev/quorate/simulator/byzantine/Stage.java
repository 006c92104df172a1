package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.Transaction;
import dev.quorate.simulator.clock.Agenda;

/** The world as one Byzantine validator finds it. */
public interface Stage {
  Agenda agenda();

  Genesis genesis();

  SignatureScheme scheme();

  /** Puts a frame into the net. */
  void send(ValidatorId to, Bytes frame);

  /** Tells the world that this transaction is of its own making. */
  void invented(Transaction transaction);

  /** Lets the honest replica below hear a frame, if it runs. */
  void hear(ValidatorId from, Bytes frame);
}
