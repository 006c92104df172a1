package dev.quorate.replica;

import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.replica.blocks.Blocks;
import dev.quorate.replica.blocks.Checked;
import dev.quorate.replica.guard.Promises;
import dev.quorate.replica.inbox.Intake;
import dev.quorate.replica.sync.SyncItem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what the inbox holds at the beginning of a turn and makes events of it. */
final class Reception<M extends Message<M>> {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private final Parts<M> parts;
  private final Blocks blocks;
  private final Queue<Event<M>> events;
  private final Intake<M> intake = new Intake<>();

  /**
   * Nothing is taken yet.
   *
   * @param events where the engine's next events go
   */
  Reception(Parts<M> parts, Queue<Event<M>> events) {
    this.parts = parts;
    this.blocks = parts.blocks;
    this.events = events;
  }

  /** Takes what one turn may take; whether the replica can go on with it. */
  Condition takeIn(Instant now, Instant wallTime) {
    parts.inbox.drainTo(intake);
    if (intake.failure().isPresent()) {
      return new Condition.Failed(intake.failure().get());
    }
    intake.links().forEach(this::link);
    for (var heard : intake.messages()) {
      var foreign = foreign(it -> parts.own.foreign(heard.message().verified(), it));
      if (foreign.isPresent()) {
        return notOurs(foreign.get(), heard.message().from());
      }
      events.add(new Event.Received<>(heard.message(), heard.receivedAt()));
    }
    for (var asked : intake.requests()) {
      var after = sync(asked.peer(), asked.item(), now, wallTime);
      if (!(after instanceof Condition.Running)) {
        return after;
      }
    }
    for (var handed : intake.handed()) {
      handed.answer().complete(parts.admissions.ofClient(handed.transactions(), now));
    }
    for (var passed : intake.passed()) {
      parts.admissions.ofPeer(passed.transactions(), now);
    }
    return Condition.RUNNING;
  }

  /** Transactions of clients that were taken last, answered or not. */
  List<Intake.Handed> taken() {
    return intake.handed();
  }

  /** Tells the engine what became of blocks that it asked about. */
  void answer(List<Checked> verdicts) {
    for (var it : verdicts) {
      if (it.verdict() instanceof Verdict.Invalid(var reason)) {
        parts.counts.add(Count.BLOCKS_INVALID);
        LOG.atWarn()
            .addKeyValue("block", it.id().abbreviated())
            .addKeyValue("reason", reason)
            .log("invalid block");
      }
      events.add(new Event.BlockChecked<>(it.id(), it.verdict()));
    }
  }

  private void link(ValidatorId peer, boolean connected) {
    parts.sync.link(peer, connected);
    parts.silence.link(peer);
    parts.witness.link(peer);
    if (connected) {
      parts.forwarder.connected(peer);
      parts.evidence.connected(peer);
      events.add(new Event.PeerConnected<>(peer));
    }
  }

  private Condition sync(ValidatorId peer, SyncItem item, Instant now, Instant wallTime) {
    switch (item) {
      case SyncItem.BlockAsked(var id) -> parts.server.serve(peer, id, blocks.find(id), wallTime);
      case SyncItem.BlockArrived(var block) -> {
        if (parts.sync.fetches().arrived(block.id())) {
          events.add(new Event.BlockArrived<>(block));
        } else {
          parts.counts.add(Count.ANSWERS_UNASKED);
        }
      }
      case SyncItem.HeardAsked() -> parts.witness.asked(peer, now);
      case SyncItem.HeardEnded(var standing) -> parts.silence.answered(peer, standing);
      case SyncItem.EvidenceArrived(var pieces) -> parts.evidence.arrived(pieces);
      case SyncItem.FinalArrived(var proven, var sound) -> {
        boolean useful = false;
        for (var it : proven) {
          var foreign = foreign(promises -> parts.own.foreign(it.certificate(), promises));
          if (foreign.isPresent()) {
            return notOurs(foreign.get(), peer);
          }
          switch (blocks.adopt(it.block())) {
            case Blocks.Adoption.Adopted(var verdicts) -> {
              answer(verdicts);
              parts.starvation.caughtUp(it.block().height());
              events.add(new Event.Synced<>(it.block(), it.certificate()));
              parts.counts.add(Count.BLOCKS_SYNCED);
              useful = true;
            }
            // Neither hurts: one is known already, and the other is asked for again in order.
            case Blocks.Adoption.Known(), Blocks.Adoption.Orphan() -> {}
            case Blocks.Adoption.Broken(var rule) -> {
              return new Condition.Halted(
                  it.block() + " has a valid commit but is invalid: " + rule);
            }
          }
        }
        parts.sync.catchUp().answered(peer, useful && sound);
      }
    }
    return Condition.RUNNING;
  }

  /** Who has lost its promises cannot tell its own from somebody else's. */
  private Optional<SignPosition> foreign(Function<Promises, Optional<SignPosition>> find) {
    return parts.guard.lost().isPresent() ? Optional.empty() : find.apply(parts.guard.promises());
  }

  private Condition notOurs(SignPosition position, ValidatorId from) {
    var reason =
        ("another instance signs with this validator's key, or this node was restored from an old"
                + " copy: %s was signed, and not here")
            .formatted(position);
    parts.counts.add(Count.FOREIGN_SIGNATURES);
    LOG.atError()
        .addKeyValue("position", position)
        .addKeyValue("from", from.abbreviated())
        .log("a signature with our key that is not ours");
    parts.guard.distrust(reason);
    return new Condition.Halted(reason);
  }
}
