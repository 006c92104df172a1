package dev.quorate.replica;

import dev.quorate.consensus.core.Message;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows from blocks being final and on disk. */
final class Delivery<M extends Message<M>> {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Parts<M> parts;
  private final Reception<M> reception;

  Delivery(Parts<M> parts, Reception<M> reception) {
    this.parts = parts;
    this.reception = reception;
  }

  /** Makes final blocks known to all who wait for them. */
  void announce(List<Barrier.Delivered> written, Instant now) {
    for (var it : written) {
      parts.starvation.delivered(it.block(), now);
      reception.answer(parts.blocks.delivered(it.block()));
      parts.evidence.delivered(it.block());
      parts.counts.add(Count.BLOCKS_DELIVERED);
      parts.counts.add(Count.TRANSACTIONS_DELIVERED, it.block().transactions().size());
      LOG.atInfo()
          .addKeyValue("height", it.block().height())
          .addKeyValue("block", it.block().id().abbreviated())
          .addKeyValue("transactions", it.block().transactions().size())
          .addKeyValue("round", it.commit().round())
          .log("decided");
      parts.ports.finality().onDelivered(it.block(), it.commit());
    }
  }

  /**
   * An observer votes again once the promises that it lost cannot matter. To be called when
   * everything that the engine asked for meanwhile has been dropped.
   */
  void considerReturn(List<Barrier.Delivered> written) {
    for (var it : written) {
      if (endsObservation(it)) {
        var commit = it.certificate();
        parts.guard.startAt(commit.height(), commit.round(), parts.barrier.stateNumber());
        parts.silence.endObservation();
        LOG.atInfo()
            .addKeyValue("height", commit.height())
            .addKeyValue("round", commit.round())
            .log("the promises that were lost do not matter any more: this node votes again");
      }
    }
  }

  private boolean endsObservation(Barrier.Delivered block) {
    var commit = block.certificate();
    var self = parts.own.self();
    boolean ours = commit.signers().stream().anyMatch(it -> it.validator().equals(self));
    boolean follows = parts.engine.standing().pending().compareTo(commit.round()) >= 0;
    return follows
        && !ours
        && parts.silence.reported().filter(it -> parts.engine.isBeyond(commit, it)).isPresent();
  }
}
