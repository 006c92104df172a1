package dev.quorate.transport.handshake;

import dev.quorate.crypto.PublicKey;

/** What a statement of the other end amounts to. */
public sealed interface Authentication {
  /** It is this validator, in this run of its process. */
  record Authenticated(PublicKey key, InstanceId instance) implements Authentication {}

  /** It is nobody we talk to. */
  record Refused(Refusal reason) implements Authentication {}
}
