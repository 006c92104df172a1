package dev.quorate.replica;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.MessageFilter;
import dev.quorate.consensus.core.MessageVerifier;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.Transaction;
import dev.quorate.ledger.store.StorageException;
import dev.quorate.replica.evidence.EvidenceDoor;
import dev.quorate.replica.guard.OwnSignatures;
import dev.quorate.replica.guard.Promises;
import dev.quorate.replica.inbox.Inbox;
import dev.quorate.replica.sync.FinalBlockReader;
import dev.quorate.replica.sync.SyncItem;
import dev.quorate.replica.sync.SyncServer;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door for frames of peers: whatever gets past it is well-formed, and every signature in it is
 * valid.
 *
 * <p>Decoding, hashing and verifying happen here, on the caller's thread and not on the replica's,
 * cheapest check first: is there room, is it canonical, does anybody wait for it, and only then
 * signatures. Safe for use by several threads; never throws, whatever the bytes.
 */
public final class Ingress<M extends Message<M>> {
  private static final Logger LOG = LoggerFactory.getLogger(Ingress.class);

  private final Gate<M> gate;
  private final Limits limits;
  private final Inbox<M> inbox;
  private final SyncServer server;
  private final AtomicReference<Outlook<M>> outlook;
  private final Counts counts;

  /**
   * What judges bytes: the engine's codec, the verifiers of messages, final blocks and evidence,
   * and what knows the own signatures.
   */
  record Gate<M extends Message<M>>(
      MessageCodec<M> codec,
      MessageVerifier<M> verifier,
      FinalBlockReader finalBlocks,
      EvidenceDoor evidence,
      OwnSignatures own) {}

  /**
   * What the replica waits for at the end of a turn, so that the rest can be dropped early.
   *
   * @param filter the engine's
   * @param bodiesFrom peers that were asked for the body of a block
   * @param chainFrom the peer that was asked for final blocks
   * @param promises what has been signed with the own key
   */
  record Outlook<M extends Message<M>>(
      MessageFilter<M> filter,
      Set<ValidatorId> bodiesFrom,
      Optional<ValidatorId> chainFrom,
      Promises promises) {
    /** Before the first turn: everything is worth looking at, nothing was asked for. */
    static <M extends Message<M>> Outlook<M> initial() {
      return new Outlook<>(_ -> true, Set.of(), Optional.empty(), Promises.NONE);
    }
  }

  Ingress(
      Gate<M> gate,
      Limits limits,
      Inbox<M> inbox,
      SyncServer server,
      AtomicReference<Outlook<M>> outlook,
      Counts counts) {
    this.gate = gate;
    this.limits = limits;
    this.inbox = inbox;
    this.server = server;
    this.outlook = outlook;
    this.counts = counts;
  }

  /**
   * A frame came from a peer whose identity the transport has proven.
   *
   * @param receivedAt the local time at which it was taken from the wire
   */
  public void onFrame(ValidatorId peer, Bytes frame, Instant receivedAt) {
    try {
      switch (EnvelopeCodec.decode(frame)) {
        case Decoded.Malformed(_) -> counts.add(Count.FRAMES_MALFORMED);
        case Decoded.Ok(var envelope) -> accept(peer, envelope, receivedAt);
      }
    } catch (StorageException broken) {
      inbox.fail(broken);
    } catch (RuntimeException bug) {
      // A bug in reading what a peer made up must not let that peer stop this node.
      counts.add(Count.FRAMES_STUMBLED);
      LOG.atError()
          .addKeyValue("peer", peer.abbreviated())
          .addKeyValue("bytes", frame.length())
          .setCause(bug)
          .log("stumbled over a frame");
    }
  }

  private void accept(ValidatorId peer, Envelope envelope, Instant receivedAt) {
    switch (envelope) {
      case Envelope.EngineMessage(var encoded) -> message(peer, encoded, receivedAt);
      case Envelope.Transactions(var transactions) -> transactions(peer, transactions);
      case Envelope.BlockRequest(var id, _) -> inbox.offer(peer, new SyncItem.BlockAsked(id), 0);
      case Envelope.BlockAnswer(var block) -> block(peer, block);
      case Envelope.CommittedRequest request -> server.serve(peer, request, receivedAt);
      case Envelope.CommittedAnswer answer -> finalBlocks(peer, answer);
      case Envelope.HeardRequest() -> inbox.offer(peer, new SyncItem.HeardAsked(), 0);
      case Envelope.HeardEnd(var standing) ->
          inbox.offer(peer, new SyncItem.HeardEnded(standing), 0);
      case Envelope.Evidence(var pieces) -> evidence(peer, pieces, receivedAt);
    }
  }

  private void message(ValidatorId peer, Bytes encoded, Instant receivedAt) {
    if (!inbox.hasRoomForMessage(peer, encoded.length())) {
      counts.add(Count.DROPPED_MESSAGES);
      return;
    }
    switch (gate.codec().decode(encoded)) {
      case Decoded.Malformed(_) -> counts.add(Count.FRAMES_MALFORMED);
      case Decoded.Ok(var message) -> {
        if (!outlook.get().filter().wants(message) && !betraysUs(message)) {
          counts.add(Count.MESSAGES_UNWANTED);
          return;
        }
        var signed = gate.verifier().verify(peer, message);
        if (signed.isPresent()) {
          inbox.offer(signed.get(), receivedAt, encoded.length());
        } else {
          counts.add(Count.MESSAGES_FORGED);
        }
      }
    }
  }

  /**
   * Whether it seems to carry a signature of ours that we did not make: then it matters even if the
   * engine has no use for it. The replica looks again, at what it has promised by then.
   */
  private boolean betraysUs(M message) {
    var own = gate.own();
    var checks = message.signatureChecks(own.chainId());
    return own.foreign(checks, outlook.get().promises()).isPresent();
  }

  private void transactions(ValidatorId peer, List<Bytes> slices) {
    long bytes = 0;
    for (var slice : slices) {
      bytes += slice.length();
      if (slice.length() > limits.maxTxBytes()) {
        counts.add(Count.TRANSACTIONS_REFUSED, slices.size());
        return;
      }
    }
    if (!inbox.hasRoomForTransactions(peer, slices.size(), bytes)) {
      counts.add(Count.DROPPED_TRANSACTIONS, slices.size());
      return;
    }
    var transactions = new ArrayList<Transaction>(slices.size());
    for (var slice : slices) {
      // A copy each: the pool may keep one of them for long, and must not keep the whole frame.
      transactions.add(Transaction.of(Bytes.wrap(slice.toArray())));
    }
    inbox.offer(peer, transactions, bytes);
  }

  private void evidence(ValidatorId peer, List<Bytes> pieces, Instant receivedAt) {
    long bytes = (long) pieces.size() * DuplicateVoteEvidence.MAX_BYTES;
    if (!inbox.hasRoomForRequest(peer, bytes)) {
      counts.add(Count.DROPPED_REQUESTS);
      return;
    }
    var admitted = gate.evidence().admit(peer, pieces, receivedAt);
    if (!admitted.isEmpty()) {
      inbox.offer(peer, new SyncItem.EvidenceArrived(admitted), bytes);
    }
  }

  private void block(ValidatorId peer, Bytes encoded) {
    if (!outlook.get().bodiesFrom().contains(peer)) {
      counts.add(Count.ANSWERS_UNASKED);
      return;
    }
    var block = gate.finalBlocks().readBlock(encoded);
    if (block.isPresent()) {
      inbox.offer(peer, new SyncItem.BlockArrived(block.get()), encoded.length());
    } else {
      counts.add(Count.ANSWERS_INVALID);
    }
  }

  private void finalBlocks(ValidatorId peer, Envelope.CommittedAnswer answer) {
    if (!outlook.get().chainFrom().filter(peer::equals).isPresent()) {
      counts.add(Count.ANSWERS_UNASKED);
      return;
    }
    var item = gate.finalBlocks().read(answer);
    if (!item.sound()) {
      counts.add(Count.ANSWERS_INVALID);
    }
    long bytes = 0;
    for (var proven : item.blocks()) {
      bytes += proven.block().body().encoded().length();
    }
    inbox.offer(peer, item, bytes);
  }
}
