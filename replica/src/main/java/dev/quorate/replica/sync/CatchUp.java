package dev.quorate.replica.sync;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.replica.Count;
import dev.quorate.replica.Counts;
import dev.quorate.replica.Network;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks one peer at a time for the final blocks above the tip, until the height that the engine
 * named is reached.
 *
 * <p>A peer that does not answer in time, has nothing, or sends something wrong is not asked again
 * before the tip has moved. When there is nobody left to ask it gives up; the engine names a height
 * anew as soon as it hears of one.
 */
public final class CatchUp {
  private final Peers peers;
  private final Network network;
  private final Counts counts;
  private final Duration patience;
  private final Set<ValidatorId> tried = new HashSet<>();
  private @Nullable Goal goal;
  private @Nullable Request request;
  private @Nullable Request answered;

  private record Goal(ValidatorId source, Height height) {}

  private record Request(ValidatorId peer, Height above, Instant deadline) {}

  public CatchUp(Peers peers, Network network, Counts counts, Duration patience) {
    this.peers = peers;
    this.network = network;
    this.counts = counts;
    this.patience = patience;
  }

  /** The engine wants all final blocks up to a height, which that peer should have. */
  public void want(ValidatorId source, Height to) {
    if (goal == null) {
      goal = new Goal(source, to);
      tried.clear();
    } else if (to.isAbove(goal.height())) {
      goal = new Goal(source, to);
      tried.remove(source);
    }
  }

  /** Whether final blocks are being fetched. */
  public boolean isActive() {
    return goal != null;
  }

  /** Who has been asked and has not answered yet. */
  public Optional<ValidatorId> asked() {
    return Optional.ofNullable(request).map(Request::peer);
  }

  /** The peer has answered; {@code useful} if with valid blocks that are new here. */
  public void answered(ValidatorId peer, boolean useful) {
    if (request == null || !request.peer().equals(peer)) {
      return;
    }
    if (!useful) {
      tried.add(peer);
    } else {
      answered = request;
    }
    request = null;
  }

  /** A peer cannot be reached any more. */
  public void disconnected(ValidatorId peer) {
    answered(peer, false);
  }

  /** Asks for what is missing above the tip, if nobody has been asked. */
  public void endOfTurn(Height tip, Instant now) {
    if (goal == null) {
      return;
    }
    if (!goal.height().isAbove(tip)) {
      goal = null;
      request = null;
      answered = null;
      return;
    }
    if (answered != null) {
      goal = weigh(answered, tip, goal);
      answered = null;
    }
    if (request != null && !now.isBefore(request.deadline())) {
      counts.add(Count.REQUESTS_EXPIRED);
      if (tip.isAbove(request.above())) {
        tried.clear();
      }
      tried.add(request.peer());
      request = null;
    }
    if (request == null) {
      ask(goal, tip, now);
    }
  }

  /** When the request under way has waited long enough; {@link Instant#MAX} if there is none. */
  public Instant nextDeadline() {
    return request == null ? Instant.MAX : request.deadline();
  }

  /** Whoever moved the tip is asked again, and before the others. */
  private Goal weigh(Request past, Height tip, Goal wanted) {
    if (tip.isAbove(past.above())) {
      tried.clear();
      return new Goal(past.peer(), wanted.height());
    }
    tried.add(past.peer());
    return wanted;
  }

  private void ask(Goal wanted, Height tip, Instant now) {
    var frame = EnvelopeCodec.encode(new Envelope.CommittedRequest(tip.next(), wanted.height()));
    for (var peer = peers.choose(wanted.source(), tried);
        peer.isPresent();
        peer = peers.choose(wanted.source(), tried)) {
      if (network.send(peer.get(), frame)) {
        counts.add(Count.REQUESTS_SENT);
        request = new Request(peer.get(), tip, now.plus(patience));
        return;
      }
      tried.add(peer.get());
    }
    goal = null;
  }
}
