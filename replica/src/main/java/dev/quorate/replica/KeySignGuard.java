package dev.quorate.replica;

import dev.quorate.consensus.core.SignGuard;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.Signature;
import dev.quorate.crypto.SignatureScheme;
import java.util.LinkedHashMap;

/**
 * Signs with a key in memory, and remembers in memory what it signed: for the last {@link
 * #REMEMBERED} positions it repeats a signature for the same bytes and refuses other bytes.
 *
 * <p>What it remembers does not outlive the process, so it guards against a bug of the running
 * engine and not against a restart from an old disk.
 */
public final class KeySignGuard implements SignGuard {
  /** How many positions are remembered, the ones signed last. */
  public static final int REMEMBERED = 8_192;

  private final KeyPair key;
  private final SignatureScheme scheme;
  private final LinkedHashMap<SignPosition, Given> given = new LinkedHashMap<>();

  private record Given(Bytes signBytes, Signature signature) {}

  public KeySignGuard(KeyPair key, SignatureScheme scheme) {
    this.key = key;
    this.scheme = scheme;
  }

  @Override
  public Answer sign(SignRequest request) {
    var before = given.get(request.position());
    if (before != null) {
      return before.signBytes().equals(request.signBytes())
          ? new Answer.Granted(before.signature())
          : new Answer.Refused("other bytes were signed for " + request.position());
    }
    var signature = scheme.sign(key, request.signBytes());
    given.put(request.position(), new Given(request.signBytes(), signature));
    if (given.size() > REMEMBERED) {
      given.pollFirstEntry();
    }
    return new Answer.Granted(signature);
  }
}
