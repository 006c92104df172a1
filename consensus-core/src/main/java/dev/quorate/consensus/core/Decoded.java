package dev.quorate.consensus.core;

/** What came of decoding bytes that a peer sent. */
public sealed interface Decoded<T> {
  /** They were the canonical encoding of a value. */
  record Ok<T>(T value) implements Decoded<T> {}

  /** They were not, and why. */
  record Malformed<T>(String reason) implements Decoded<T> {}
}
