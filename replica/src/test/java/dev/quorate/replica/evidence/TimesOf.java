package dev.quorate.replica.evidence;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Ancestors;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.Header;
import java.time.Instant;
import java.util.Optional;

/** The blocks of a chain as ancestors that hold nothing. */
record TimesOf(ChainReader chain) implements Ancestors {
  @Override
  public boolean hold(Hash transactionId) {
    return false;
  }

  @Override
  public boolean holdOffence(Hash offence) {
    return false;
  }

  @Override
  public Optional<Instant> timeAt(Height height) {
    return chain.header(height).map(Header::time);
  }
}
