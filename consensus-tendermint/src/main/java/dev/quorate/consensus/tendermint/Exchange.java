package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.tendermint.TendermintTimer.Periodic;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.crypto.Signature;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The paper's gossip property: what one correct validator has seen that matters, every correct one
 * sees in the end. Each repeats its own last votes, the polka of its valid value and what justified
 * its entering the round; whoever is at a lower height gets that height's commit.
 */
final class Exchange {
  /** A proposal is sent again to a peer that lacked it in so many Statuses of the round. */
  private static final int PROPOSER_WAITS = 2;

  /** The same where somebody else is the proposer: it may have fallen silent. */
  private static final int OTHERS_WAIT = 3;

  private final RoundState state;
  private final Set<ValidatorId> helped = new HashSet<>();
  private final Map<ValidatorId, Lack> lacking = new HashMap<>();

  /** Who got a proposal in this beat: it is large, and a Status is not. */
  private final Set<ValidatorId> provided = new HashSet<>();

  private Height heightAtLastStatus;
  private long beat;

  /** How often a peer said that it has no proposal of a round. */
  private record Lack(Height height, Round round, int times) {}

  Exchange(RoundState state) {
    this.state = state;
    this.heightAtLastStatus = state.tip().height();
  }

  /** Counts the timers of this class that fired: what is asked for again is so once a beat. */
  long beat() {
    return beat;
  }

  void start() {
    state.out.start(Periodic.STATUS, state.parameters.status());
  }

  void onStatusDue() {
    nextBeat();
    state.out.broadcast(status());
    heightAtLastStatus = state.height();
    start();
  }

  void onRebroadcastDue() {
    nextBeat();
    repeat();
    state.out.broadcast(status());
    state.out.start(Periodic.REBROADCAST, state.parameters.rebroadcast());
  }

  /** Another height: whoever is behind may be helped again. */
  void decided() {
    helped.clear();
    provided.clear();
    lacking.clear();
  }

  /** What others may lack of what we know. */
  void repeat() {
    repeatable(state.prevote()).ifPresent(it -> state.out.broadcast(new Prevote(it)));
    repeatable(state.precommit()).ifPresent(it -> state.out.broadcast(new Precommit(it)));
    state.polka().ifPresent(it -> state.out.broadcast(new CertificateMessage(it)));
    state.entry().ifPresent(state.out::broadcast);
  }

  /**
   * A vote of an earlier round only with its signature: the sign guard gives none there any more.
   */
  private Optional<SignedVote> repeatable(Optional<SignedVote> vote) {
    return vote.filter(
        it ->
            !it.signature().equals(Signature.UNSIGNED) || it.vote().round().equals(state.round()));
  }

  void onPeerConnected(ValidatorId peer) {
    state.out.send(peer, status());
  }

  void onStatus(ValidatorId from, Status theirs) {
    int order = theirs.height().compareTo(state.height());
    if (from.equals(state.self)) {
      return;
    }
    if (order < 0) {
      help(from, theirs.height());
    } else if (order > 0) {
      catchUp(from, theirs.height());
    } else if (theirs.round().equals(state.round()) && !theirs.proposal()) {
      helpWithProposal(from);
    }
  }

  /**
   * Answers a message of a decided height, once a beat a peer: with the commit of the last decided
   * block, or with where we are, so that the peer fetches the blocks between.
   */
  void help(ValidatorId peer, Height theirs) {
    if (peer.equals(state.self) || !helped.add(peer)) {
      return;
    }
    var commit = state.lastCommit().filter(it -> it.certificate().height().equals(theirs));
    if (commit.isPresent()) {
      state.out.send(peer, new CertificateMessage(commit.get().certificate()));
    } else {
      state.out.send(peer, status());
    }
  }

  private void helpWithProposal(ValidatorId peer) {
    var proposal = state.proposals.first(state.round());
    if (proposal.isEmpty()) {
      return;
    }
    var before = lacking.get(peer);
    int times = 1;
    if (before != null
        && before.height().equals(state.height())
        && before.round().equals(state.round())) {
      times += before.times();
    }
    lacking.put(peer, new Lack(state.height(), state.round(), times));
    if (times >= (state.isProposer() ? PROPOSER_WAITS : OTHERS_WAIT) && provided.add(peer)) {
      state.out.send(peer, proposal.get().proposal());
    }
  }

  /** The blocks between are asked for when the live messages cannot, or did not, lead there. */
  private void catchUp(ValidatorId peer, Height theirs) {
    boolean stalled = state.height().equals(heightAtLastStatus);
    boolean far = theirs.isAbove(state.height().next());
    if (stalled || far) {
      state.out.add(new Effect.FetchCommitted<>(peer, state.height(), theirs.previous()));
    }
  }

  private Status status() {
    boolean proposal = state.proposals.first(state.round()).isPresent();
    return new Status(state.height(), state.round(), state.step(), proposal);
  }

  private void nextBeat() {
    beat++;
    helped.clear();
    provided.clear();
  }
}
