package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.store.InMemoryChainStore;
import dev.quorate.replica.Condition;
import dev.quorate.replica.Network;
import dev.quorate.replica.Replica;
import dev.quorate.replica.ReplicaLimits;
import dev.quorate.replica.ReplicaPorts;
import dev.quorate.replica.guard.InMemoryGuardStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A second, unmodified replica with the same key and a disk of its own: a part of the others talks
 * with it, the rest with the first (Bano et al., "Twins: BFT Systems Made Robust").
 */
public final class Twins<M extends Message<M>> implements Trick {
  /** Between a wakeup and the turn that follows. */
  private static final Duration MOMENT = Duration.ofNanos(50_000);

  private final EngineProvider<M> provider;
  private List<ValidatorId> audience = List.of();
  private @Nullable Replica<M> second;
  private Instant nextTurn = Instant.MAX;

  public Twins(EngineProvider<M> provider) {
    this.provider = provider;
  }

  @Override
  public String name() {
    return "twins";
  }

  @Override
  public void begin(Means means) {
    audience = Split.part(means.others(), means.chance());
    var ports =
        new ReplicaPorts(
            new InMemoryChainStore(means.genesis()),
            network(means),
            new InMemoryGuardStorage(),
            means.signingKey(),
            (_, _) -> {},
            () -> plan(means.now().plus(MOMENT), means));
    var opened =
        Replica.open(means.genesis(), means.self(), provider, ports, ReplicaLimits.DEFAULT);
    second = opened;
    audience.forEach(opened::peerConnected);
    plan(means.now(), means);
  }

  @Override
  public void leaving(List<ValidatorId> to, Bytes frame, Means means) {
    means.send(Split.rest(to, audience), frame);
  }

  @Override
  public void arriving(ValidatorId from, Bytes frame, Means means) {
    if (second != null && audience.contains(from)) {
      second.ingress().onFrame(from, frame, means.now());
    } else {
      means.hear(from, frame);
    }
  }

  private void plan(Instant at, Means means) {
    if (at.isBefore(nextTurn)) {
      nextTurn = at;
      means.after(Duration.between(means.now(), at), () -> turn(at, means));
    }
  }

  private void turn(Instant planned, Means means) {
    if (second == null || !planned.equals(nextTurn)) {
      return;
    }
    nextTurn = Instant.MAX;
    if (second.turn(means.now(), means.now()) instanceof Condition.Running) {
      var deadline = second.nextDeadline();
      if (!deadline.equals(Instant.MAX)) {
        var soonest = means.now().plus(MOMENT);
        plan(deadline.isBefore(soonest) ? soonest : deadline, means);
      }
    }
  }

  private Network network(Means means) {
    return new Network() {
      @Override
      public boolean send(ValidatorId to, Bytes frame) {
        boolean heard = audience.contains(to);
        if (heard) {
          means.send(to, frame);
        }
        return heard;
      }

      @Override
      public void broadcast(Bytes frame) {
        means.send(audience, frame);
      }
    };
  }
}
