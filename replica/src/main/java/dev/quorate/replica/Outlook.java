package dev.quorate.replica;

import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageFilter;
import dev.quorate.consensus.core.validators.ValidatorId;
import java.util.Optional;
import java.util.Set;

/**
 * What the replica waits for at the end of a turn, for the ingress to drop the rest early.
 *
 * @param filter the engine's
 * @param bodiesFrom peers that were asked for the body of a block
 * @param chainFrom the peer that was asked for final blocks
 */
record Outlook<M extends Message<M>>(
    MessageFilter<M> filter, Set<ValidatorId> bodiesFrom, Optional<ValidatorId> chainFrom) {
  /** Before the first turn: everything is worth looking at, nothing was asked for. */
  static <M extends Message<M>> Outlook<M> initial() {
    return new Outlook<>(_ -> true, Set.of(), Optional.empty());
  }
}
