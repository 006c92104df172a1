package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.Status.SlotStatus;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Optional;

/**
 * Repeats what got lost (R17). Every replica tells all others what it has, once a heartbeat, idle
 * or not; who hears that a peer lacks something sends it, and who hears that a peer is further on
 * asks for the blocks between.
 */
final class StatusExchange {
  private static final SlotStatus NOTHING = new SlotStatus(false, new BitSet(), new BitSet());

  private final ReplicaState state;
  private Height committedAtLastBeat;

  StatusExchange(ReplicaState state) {
    this.state = state;
    this.committedAtLastBeat = state.committed().height();
  }

  void start() {
    state.out.add(new Effect.StartTimer<>(PbftTimer.HEARTBEAT, state.parameters.heartbeat()));
  }

  void onHeartbeat() {
    state.out.broadcast(status());
    committedAtLastBeat = state.committed().height();
    state.nextBeat();
    start();
  }

  void onPeerConnected(ValidatorId peer) {
    state.out.add(new Effect.Send<>(peer, status()));
  }

  void onStatus(ValidatorId from, Status theirs) {
    if (from.equals(state.self)) {
      return;
    }
    catchUp(from, theirs.committed());
    if (theirs.view().equals(state.view()) && theirs.active() && state.isActive()) {
      for (var slot : state.window.ascending()) {
        if (slot.openedAt() + 1 < state.beat() && slot.height().isAbove(theirs.committed())) {
          repeat(from, slot, statusOf(theirs, slot.height()));
        }
      }
    }
  }

  /** The blocks between are asked for when the live messages cannot, or did not, lead there. */
  private void catchUp(ValidatorId peer, Height theirs) {
    var own = state.committed().height();
    boolean stalled = own.equals(committedAtLastBeat);
    boolean farBehind = theirs.isAbove(own.plus(state.parameters.window()));
    if (theirs.isAbove(own) && (stalled || farBehind)) {
      state.out.add(new Effect.FetchCommitted<>(peer, own.next(), theirs));
    }
  }

  private void repeat(ValidatorId peer, Slot slot, SlotStatus theirs) {
    int self = state.validators.indexOf(state.self).orElse(-1);
    if (!theirs.proposal()) {
      slot.proposal().ifPresent(message -> send(peer, message));
    }
    if (theirs.prepares().cardinality() < state.validators.size()) {
      var certificate = slot.preparedCertificate(state.view());
      if (certificate.isPresent()) {
        send(peer, new CertificateMessage(certificate.get()));
      } else if (self >= 0 && !theirs.prepares().get(self)) {
        slot.prepares()
            .voteOf(state.self, state.view().round())
            .ifPresent(vote -> send(peer, new Prepare(vote)));
      }
    }
    if (self >= 0 && !theirs.commits().get(self)) {
      slot.commits()
          .voteOf(state.self, state.view().round())
          .ifPresent(vote -> send(peer, new Commit(vote)));
    }
  }

  private Status status() {
    var slots = new ArrayList<SlotStatus>();
    var round = state.view().round();
    var expected = state.committed().height().next();
    for (var slot : state.window.ascending()) {
      while (slot.height().isAbove(expected)) {
        slots.add(NOTHING);
        expected = expected.next();
      }
      boolean proposal = slot.proposal().flatMap(p -> slot.candidate(p.block().id())).isPresent();
      var prepares =
          slot.preparedCertificate(state.view()).isPresent()
              ? everybody()
              : slot.prepares().votersIn(round);
      slots.add(new SlotStatus(proposal, prepares, slot.commits().votersIn(round)));
      expected = expected.next();
    }
    return new Status(
        state.view(), state.isActive(), state.pending(), state.committed().height(), slots);
  }

  private BitSet everybody() {
    var all = new BitSet(state.validators.size());
    all.set(0, state.validators.size());
    return all;
  }

  private static SlotStatus statusOf(Status theirs, Height height) {
    long index = height.value() - theirs.committed().value() - 1;
    return Optional.of(index)
        .filter(i -> i >= 0 && i < theirs.slots().size())
        .map(i -> theirs.slots().get(i.intValue()))
        .orElse(NOTHING);
  }

  private void send(ValidatorId peer, PbftMessage message) {
    state.out.add(new Effect.Send<>(peer, message));
  }
}
