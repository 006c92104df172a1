package dev.quorate.replica.sync;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.replica.Count;
import dev.quorate.replica.Counts;
import dev.quorate.replica.Network;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers peers that ask for blocks, a bounded answer a request and a bounded number of bytes a
 * second and peer; whoever asks for more gets no answer. Safe for use by several threads.
 */
public final class SyncServer {
  /** The most bytes in an answer, except for a single larger block. */
  public static final int MAX_ANSWER_BYTES = 1 << 20;

  /** How many bytes a peer gets in a second; half of it may come in one burst. */
  public static final long BYTES_A_SECOND = 64L << 20;

  /** What an answer costs at least, however small it is. */
  public static final long MIN_COST = 16_384;

  private static final long BURST = BYTES_A_SECOND / 2;

  private final ChainReader chain;
  private final Network network;
  private final Counts counts;
  private final Map<ValidatorId, Allowance> allowances = new HashMap<>();

  /** What a peer may still get, as of an instant. */
  private record Allowance(long bytes, Instant asOf) {}

  public SyncServer(ChainReader chain, Network network, Counts counts) {
    this.chain = chain;
    this.network = network;
    this.counts = counts;
  }

  /** Sends final blocks with their commits, from the first on as many as fit. */
  public void serve(ValidatorId peer, Envelope.CommittedRequest request, Instant now) {
    if (!mayAsk(peer, now)) {
      return;
    }
    var tip = chain.tip().map(ChainState::height);
    var blocks = new ArrayList<Envelope.FinalBlock>();
    long bytes = 0;
    for (var height = request.from();
        tip.isPresent()
            && !height.isAbove(request.to())
            && !height.isAbove(tip.get())
            && blocks.size() < EnvelopeCodec.MAX_BLOCKS;
        height = height.next()) {
      var stored = chain.block(height);
      if (stored.isEmpty()) {
        break;
      }
      var block = stored.map(SyncServer::finalBlock).get();
      bytes += block.length();
      if (bytes > MAX_ANSWER_BYTES && !blocks.isEmpty()) {
        break;
      }
      blocks.add(block);
    }
    answer(peer, new Envelope.CommittedAnswer(request.from(), blocks), bytes);
  }

  /**
   * Sends the body of one block.
   *
   * @param undelivered the body, if the block is above the tip
   */
  public void serve(ValidatorId peer, BlockId id, Optional<Block> undelivered, Instant now) {
    if (!mayAsk(peer, now)) {
      return;
    }
    var body = undelivered.map(LedgerBlock::of).or(() -> delivered(id));
    if (body.isPresent()) {
      var encoded = body.get().encoded();
      answer(peer, new Envelope.BlockAnswer(encoded), encoded.length());
    }
  }

  private Optional<LedgerBlock> delivered(BlockId id) {
    return chain
        .heightOf(id.hash())
        .flatMap(chain::block)
        .map(StoredBlock::block)
        .filter(it -> it.id().equals(id));
  }

  private void answer(ValidatorId peer, Envelope answer, long bytes) {
    pay(peer, bytes);
    if (network.send(peer, EnvelopeCodec.encode(answer))) {
      counts.add(Count.REQUESTS_SERVED);
    }
  }

  private static Envelope.FinalBlock finalBlock(StoredBlock stored) {
    return new Envelope.FinalBlock(stored.block().encoded(), stored.commit().encode());
  }

  private synchronized boolean mayAsk(ValidatorId peer, Instant now) {
    var before = allowances.getOrDefault(peer, new Allowance(BURST, now));
    long millis = Math.clamp(Duration.between(before.asOf(), now).toMillis(), 0, 1_000);
    long bytes = Math.min(BURST, before.bytes() + millis * (BYTES_A_SECOND / 1_000));
    boolean granted = bytes > 0;
    // A clock that was set back must not make the peer wait until it shows the old time again.
    boolean sameMoment = millis == 0 && !now.isBefore(before.asOf());
    var asOf = sameMoment ? before.asOf() : now;
    allowances.put(peer, new Allowance(granted ? bytes - MIN_COST : bytes, asOf));
    if (!granted) {
      counts.add(Count.REQUESTS_REFUSED);
    }
    return granted;
  }

  private synchronized void pay(ValidatorId peer, long bytes) {
    allowances.computeIfPresent(
        peer, (_, it) -> new Allowance(it.bytes() - Math.max(0, bytes - MIN_COST), it.asOf()));
  }
}
