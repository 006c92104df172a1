package dev.quorate.explorer;

import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.vote.Certificate;

/** An engine's messages in words, for the log of a trace. */
public interface Words<M extends Message<M>> {
  String of(M message);

  String of(Certificate certificate);
}
