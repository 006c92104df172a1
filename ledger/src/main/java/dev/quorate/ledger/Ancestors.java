package dev.quorate.ledger;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Hash;
import java.time.Instant;
import java.util.Optional;

/**
 * What {@link BlockRules} ask about the ancestors of a block, delivered or not, beside the state
 * after its parent.
 */
public interface Ancestors {
  /** Those of the first block. */
  Ancestors NONE =
      new Ancestors() {
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
          return Optional.empty();
        }
      };

  /** Whether a transaction stands in one of them. */
  boolean hold(Hash transactionId);

  /** Whether evidence of the offence with this id stands in one of them. */
  boolean holdOffence(Hash offence);

  /** The header's time of the one at a height; empty if there is none. */
  Optional<Instant> timeAt(Height height);
}
