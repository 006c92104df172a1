package dev.quorate.replica.evidence;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.crypto.Bytes;
import dev.quorate.replica.Network;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Tells peers of evidence: once of what is new, of all that waits when one connects, and of the
 * oldest once more when blocks are made and it still waits. Whoever was not as far as the votes'
 * height has dropped it, and may be the one who proposes.
 */
public final class EvidenceGossip {
  /** How long it is at least until what still waits is said again. */
  public static final Duration REPEAT = Duration.ofSeconds(2);

  private final Network network;
  private Instant repeatedAt = Instant.MIN;
  private boolean somethingWaited;
  private boolean blocksAreMade;

  public EvidenceGossip(Network network) {
    this.network = network;
  }

  /** To all others. */
  void broadcast(List<DuplicateVoteEvidence> pieces) {
    frames(pieces).forEach(network::broadcast);
  }

  /** All of it, in a few frames, to one. */
  void tell(ValidatorId peer, Collection<DuplicateVoteEvidence> pieces) {
    frames(pieces).forEach(frame -> network.send(peer, frame));
  }

  /** A block became final. */
  void delivered() {
    blocksAreMade = true;
  }

  /** Says again what waits, one frame of it. */
  void endOfTurn(Collection<DuplicateVoteEvidence> pending, Instant now) {
    if (!somethingWaited) {
      repeatedAt = now;
    }
    somethingWaited = !pending.isEmpty();
    if (somethingWaited && blocksAreMade && !now.isBefore(repeatedAt.plus(REPEAT))) {
      broadcast(pending.stream().limit(EnvelopeCodec.MAX_EVIDENCE).toList());
      repeatedAt = now;
    }
    blocksAreMade = false;
  }

  private static List<Bytes> frames(Collection<DuplicateVoteEvidence> pieces) {
    var encoded = pieces.stream().map(DuplicateVoteEvidence::encode).toList();
    var frames = new ArrayList<Bytes>();
    for (int from = 0; from < encoded.size(); from += EnvelopeCodec.MAX_EVIDENCE) {
      int to = Math.min(encoded.size(), from + EnvelopeCodec.MAX_EVIDENCE);
      frames.add(EnvelopeCodec.encode(new Envelope.Evidence(encoded.subList(from, to))));
    }
    return frames;
  }
}
