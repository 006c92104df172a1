package dev.quorate.consensus.core;

import dev.quorate.crypto.Bytes;

/**
 * What an engine must find again after a crash. A snapshot that never changes; it is encoded only
 * when it is really written, because of several in one turn only the last one is.
 */
public interface DurableState {
  /** The engine's own encoding, which begins with a format version. */
  Bytes encode();
}
