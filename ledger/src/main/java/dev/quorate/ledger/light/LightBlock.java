package dev.quorate.ledger.light;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.Header;
import java.util.List;

/**
 * What a light client needs of a block: a claim by somebody, to be judged by {@link
 * LightClientVerifier}.
 *
 * @param validators the set that should have signed the header, in set order; a claim of none can
 *     be made, and proves nothing
 * @param nextValidators the set of the next height in set order; may be empty
 * @param provider who made the claim; proves nothing and is not judged
 */
public record LightBlock(
    Header header,
    Commit commit,
    List<Validator> validators,
    List<Validator> nextValidators,
    ValidatorId provider) {
  public LightBlock {
    validators = List.copyOf(validators);
    nextValidators = List.copyOf(nextValidators);
  }

  public Height height() {
    return header.height();
  }

  /** What this block becomes once it was verified. */
  public TrustedBlock trusted() {
    return new TrustedBlock(header, nextValidators);
  }
}
