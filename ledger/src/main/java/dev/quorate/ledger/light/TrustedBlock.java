package dev.quorate.ledger.light;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.ledger.Header;
import java.util.List;

/**
 * A block that a light client has verified, or was given by its owner to begin with.
 *
 * @param nextValidators the set of the next height in set order, which vouches for later blocks
 */
public record TrustedBlock(Header header, List<Validator> nextValidators) {
  public TrustedBlock {
    nextValidators = List.copyOf(nextValidators);
  }
}
