package dev.quorate.consensus.core;

import dev.quorate.crypto.Signature;
import java.util.List;

/**
 * A message of one engine, an immutable value.
 *
 * <p>It lists what has to be signed in it before it leaves and what has to be verified in it when
 * it comes; the engine does neither.
 */
public interface Message<M extends Message<M>> {
  /** The unsigned places of this message, in a fixed order; none where the channel vouches. */
  List<SignRequest> signRequests(String chainId);

  /** This message with its {@link #signRequests} answered, in their order. */
  M withSignatures(List<Signature> signatures);

  /** Every signature that must be valid before an engine may see this message. */
  List<SignatureCheck> signatureChecks(String chainId);
}
