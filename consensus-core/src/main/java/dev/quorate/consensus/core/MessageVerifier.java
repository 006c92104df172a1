package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.SignatureScheme;
import java.util.Optional;

/**
 * The only door for what peers send: lets a message through when every signature in it is a
 * member's and valid. Safe for use by several threads.
 */
public final class MessageVerifier<M extends Message<M>> {
  private final String chainId;
  private final ValidatorSet validators;
  private final SignatureScheme scheme;
  private final VerifiedSignatures seen = new VerifiedSignatures();

  public MessageVerifier(String chainId, ValidatorSet validators, SignatureScheme scheme) {
    this.chainId = chainId;
    this.validators = validators;
    this.scheme = scheme;
  }

  /** The message with its proof; empty when a signer is a stranger or a signature is invalid. */
  public Optional<Signed<M>> verify(ValidatorId from, M message) {
    var checks = message.signatureChecks(chainId);
    for (var check : checks) {
      if (!validators.contains(check.signer())) {
        return Optional.empty();
      }
    }
    for (var check : checks) {
      if (!isValid(check)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Signed<>(from, message, checks));
  }

  private boolean isValid(SignatureCheck check) {
    var key = VerifiedSignatures.keyOf(check);
    if (seen.contains(key)) {
      return true;
    }
    var signer = validators.find(check.signer());
    boolean valid =
        signer.isPresent()
            && scheme.verify(signer.get().key(), check.signBytes(), check.signature());
    if (valid) {
      seen.add(key);
    }
    return valid;
  }
}
