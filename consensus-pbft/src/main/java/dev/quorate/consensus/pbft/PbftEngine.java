package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.MessageFilter;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.OwnVotes.OwnVote;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.ViewChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes each event to the rules that it concerns; see the package's description for the rules. */
final class PbftEngine implements Engine<PbftMessage> {
  private final ReplicaState state;
  private final Bodies bodies;
  private final Intake intake;
  private final NormalCase normalCase;
  private final Proposer proposer;
  private final StatusExchange exchange;
  private final Discontent discontent;
  private final ViewChanger viewChanger;
  private final Witness witness;
  private Height delivered;
  private boolean halted;

  PbftEngine(ReplicaState state) {
    this.state = state;
    this.bodies = new Bodies(state);
    var tickets = new Tickets(state);
    this.intake = new Intake(state, tickets);
    this.normalCase = new NormalCase(state, bodies);
    this.proposer = new Proposer(state);
    this.exchange = new StatusExchange(state);
    this.discontent = new Discontent(state);
    this.viewChanger = new ViewChanger(state, bodies, intake, tickets, discontent);
    this.witness = new Witness(state);
    this.delivered = state.committed().height();
  }

  @Override
  public List<Effect<PbftMessage>> step(Event<PbftMessage> event) {
    if (halted) {
      return List.of();
    }
    switch (event) {
      case Event.Started<PbftMessage>() -> start();
      case Event.Received<PbftMessage>(var signed, var receivedAt) -> receive(signed, receivedAt);
      case Event.TimerFired<PbftMessage>(var timer) -> fired((PbftTimer) timer);
      case Event.BlockBuilt<PbftMessage>(var ticket, var block) ->
          proposer.onBlockBuilt(ticket, block);
      case Event.BlockChecked<PbftMessage>(var id, var verdict) ->
          normalCase.onBlockChecked(id, verdict);
      case Event.BlockArrived<PbftMessage>(var block) -> bodies.onArrived(block);
      case Event.Synced<PbftMessage>(var block, var commit) -> normalCase.onSynced(block, commit);
      case Event.PeerConnected<PbftMessage>(var peer) -> exchange.onPeerConnected(peer);
      case Event.SignRefused<PbftMessage>(var position, var reason) ->
          state.out.add(new Effect.Halt<>("the sign guard refused " + position + ": " + reason));
      case Event.WorkPending<PbftMessage>(var work) -> {
        proposer.onWork(work);
        discontent.onWork(work);
      }
    }
    progress();
    return effects();
  }

  private void progress() {
    normalCase.progress();
    if (state.committed().height().isAbove(delivered)) {
      delivered = state.committed().height();
      discontent.delivered();
    }
    viewChanger.takeTicket();
    intake.takeConflict().ifPresent(viewChanger::onConflict);
    discontent.onProposals(normalCase.hasInvalidProposal());
    viewChanger.progress();
    normalCase.progress();
    proposer.consider();
  }

  @Override
  public EngineStatus status() {
    var next = state.committed().height().next();
    long inFlight = state.preparedTip().height().value() - state.committed().height().value();
    return new EngineStatus(
        next,
        "view",
        state.pending().round(),
        "primary",
        state.primaries.of(state.pending(), next),
        state.isActive(),
        (int) Math.max(0, inFlight));
  }

  @Override
  public MessageFilter<PbftMessage> filter() {
    return PbftFilter.of(state);
  }

  @Override
  public List<PbftMessage> heardFrom(ValidatorId validator) {
    return witness.heardFrom(validator, viewChanger.latestOf(validator));
  }

  @Override
  public Standing standing() {
    return witness.standing();
  }

  @Override
  public boolean isBeyond(Certificate commit, Standing reported) {
    return witness.isBeyond(commit, reported);
  }

  /** After a restart the last own messages go out again: the same ones, to the letter. */
  private void start() {
    exchange.start();
    state.claim().ifPresent(state.out::broadcast);
    if (state.isActive() && state.isOpeningLost()) {
      viewChanger.giveUpOpening();
    } else if (state.isActive()) {
      state.entry().filter(it -> it.primary().equals(state.self)).ifPresent(state.out::broadcast);
      repeatVotes();
    }
  }

  private void repeatVotes() {
    for (var vote : state.prepares().all()) {
      if (vote.view().equals(state.view())) {
        repeatPrepare(vote);
      }
    }
    for (var vote : state.commits().all()) {
      if (vote.view().equals(state.view())) {
        state.out.broadcast(new Commit(state.unsigned(VoteType.COMMIT, vote)));
      }
    }
  }

  private void repeatPrepare(OwnVote vote) {
    var unsigned = state.unsigned(VoteType.PREPARE, vote);
    var own = state.window.candidate(new BlockRef(vote.height(), vote.id()));
    boolean fresh = vote.height().isAbove(state.base().height());
    if (fresh && own.isPresent() && state.primaryOf(vote.height()).equals(state.self)) {
      state.out.broadcast(new PrePrepare(own.get().block(), unsigned));
    } else {
      state.out.broadcast(new Prepare(unsigned));
    }
  }

  private void receive(Signed<PbftMessage> signed, Instant receivedAt) {
    var from = signed.from();
    discontent.heard(from);
    switch (signed.message()) {
      case PrePrepare message -> intake.onPrePrepare(from, message, receivedAt);
      case Prepare(var vote) -> intake.onPrepare(from, vote);
      case Commit(var vote) -> intake.onCommit(from, vote);
      case CertificateMessage(var certificate) -> intake.onCertificate(from, certificate);
      case Status status -> {
        exchange.onStatus(from, status);
        if (!from.equals(state.self)) {
          viewChanger.help(from, status);
        }
      }
      case Complain complain -> discontent.onComplain(from, complain);
      case Conflict conflict -> viewChanger.onConflict(conflict);
      case ViewChange change -> viewChanger.onViewChange(from, change);
      case NewView newView -> viewChanger.onNewView(from, newView);
    }
  }

  private void fired(PbftTimer timer) {
    switch (timer) {
      case HEARTBEAT -> {
        exchange.onHeartbeat();
        bodies.onBeat();
        discontent.onBeat();
      }
      case BATCH_DELAY -> proposer.onBatchDelay();
      case VIEW -> viewChanger.onTimeout();
      case RESEND -> viewChanger.onResend();
      case FETCH -> viewChanger.onFetchTimeout();
    }
  }

  private List<Effect<PbftMessage>> effects() {
    var effects = new ArrayList<Effect<PbftMessage>>();
    if (state.isDirty()) {
      effects.add(new Effect.Persist<>(state.snapshot()));
    }
    effects.addAll(state.out.take());
    halted = effects.stream().anyMatch(Effect.Halt.class::isInstance);
    return List.copyOf(effects);
  }
}
