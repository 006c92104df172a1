package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages of the height after the current one: others may decide a little earlier. Of each peer a
 * few are kept; what finds no room comes again when its sender repeats it.
 */
final class NextHeight {
  /** Messages of one peer that are kept, its proposals not counted. */
  static final int KEPT_PER_PEER = 16;

  /** Proposals that are kept: they are large. */
  static final int PROPOSALS_PER_PEER = 1;

  private final Map<ValidatorId, List<Event.Received<TendermintMessage>>> byPeer = new HashMap<>();
  private final List<Event.Received<TendermintMessage>> inOrder = new ArrayList<>();

  /**
   * Keeps a message; false when the peer's share is used up. One that is here is not kept twice.
   */
  boolean keep(Event.Received<TendermintMessage> received) {
    var message = received.message().message();
    var its = byPeer.computeIfAbsent(received.message().from(), it -> new ArrayList<>());
    if (its.stream().anyMatch(it -> it.message().message().equals(message))) {
      return true;
    }
    long proposals = its.stream().filter(NextHeight::isProposal).count();
    boolean room =
        message instanceof Proposal
            ? proposals < PROPOSALS_PER_PEER
            : its.size() - proposals < KEPT_PER_PEER;
    if (room) {
      its.add(received);
      inOrder.add(received);
    }
    return room;
  }

  /** All that was kept, in order of arrival, once. */
  List<Event.Received<TendermintMessage>> take() {
    var taken = List.copyOf(inOrder);
    byPeer.clear();
    inOrder.clear();
    return taken;
  }

  private static boolean isProposal(Event.Received<TendermintMessage> received) {
    return received.message().message() instanceof Proposal;
  }
}
