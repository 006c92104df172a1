package dev.quorate.replica.sync;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.replica.Count;
import dev.quorate.replica.Counts;
import dev.quorate.replica.Network;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks peers for the bodies of undelivered blocks, a peer for one at a time.
 *
 * <p>Whoever does not answer in time is passed over for that block; when all have been asked, the
 * round begins anew, up to {@link #MAX_ROUNDS} times or until the height is final.
 */
public final class BlockFetches {
  /** How many bodies are wanted at once; beyond that the oldest wish is forgotten. */
  public static final int MAX_WANTED = 64;

  /** How often everybody is asked for the same body, unless the engine wants it again. */
  public static final int MAX_ROUNDS = 8;

  private final Peers peers;
  private final Network network;
  private final Counts counts;
  private final Duration patience;
  private final LinkedHashMap<BlockId, Fetch> wanted = new LinkedHashMap<>();

  /** One body that is wanted. */
  private static final class Fetch {
    final BlockId id;
    final Height height;
    final ValidatorId hint;
    final Set<ValidatorId> tried = new HashSet<>();
    int rounds;
    @Nullable ValidatorId asked;
    Instant deadline = Instant.MIN;

    Fetch(BlockId id, Height height, ValidatorId hint) {
      this.id = id;
      this.height = height;
      this.hint = hint;
    }
  }

  public BlockFetches(Peers peers, Network network, Counts counts, Duration patience) {
    this.peers = peers;
    this.network = network;
    this.counts = counts;
    this.patience = patience;
  }

  /** The engine wants a body, which the hinted peer should have. */
  public void want(BlockId id, Height height, ValidatorId hint) {
    if (!id.isComplete()) {
      // A header may name anything as its parent: no block can be there to be asked for.
      return;
    }
    var fetch = wanted.get(id);
    if (fetch != null) {
      fetch.rounds = 0;
      return;
    }
    wanted.put(id, new Fetch(id, height, hint));
    if (wanted.size() > MAX_WANTED) {
      wanted.pollFirstEntry();
    }
  }

  /** A body came; whether it was wanted. */
  public boolean arrived(BlockId id) {
    return wanted.remove(id) != null;
  }

  /** Who has been asked and has not answered yet. */
  public Set<ValidatorId> asked() {
    var asked = new TreeSet<ValidatorId>();
    for (var fetch : wanted.values()) {
      if (fetch.asked != null) {
        asked.add(fetch.asked);
      }
    }
    return asked;
  }

  /** A peer cannot be reached any more. */
  public void disconnected(ValidatorId peer) {
    for (var fetch : wanted.values()) {
      if (peer.equals(fetch.asked)) {
        passOver(fetch, peer);
      }
    }
  }

  /** Asks whoever is free for what is still missing above the tip. */
  public void endOfTurn(Height tip, Instant now) {
    if (wanted.isEmpty()) {
      return;
    }
    wanted.values().removeIf(it -> !it.height.isAbove(tip) || it.rounds >= MAX_ROUNDS);
    for (var fetch : wanted.values()) {
      if (fetch.asked != null && !now.isBefore(fetch.deadline)) {
        counts.add(Count.REQUESTS_EXPIRED);
        passOver(fetch, fetch.asked);
      }
    }
    var busy = asked();
    for (var fetch : wanted.values()) {
      if (fetch.asked == null && !now.isBefore(fetch.deadline)) {
        ask(fetch, busy, now);
      }
    }
  }

  /** When somebody has waited long enough; {@link Instant#MAX} if nobody waits. */
  public Instant nextDeadline() {
    var next = Instant.MAX;
    for (var fetch : wanted.values()) {
      boolean timed = fetch.asked != null || fetch.deadline.isAfter(Instant.MIN);
      if (timed && fetch.deadline.isBefore(next)) {
        next = fetch.deadline;
      }
    }
    return next;
  }

  private void ask(Fetch fetch, Set<ValidatorId> busy, Instant now) {
    var except = new HashSet<>(fetch.tried);
    except.addAll(busy);
    var peer = peers.choose(fetch.hint, except);
    if (peer.isPresent()) {
      var request = new Envelope.BlockRequest(fetch.id, fetch.height);
      if (network.send(peer.get(), EnvelopeCodec.encode(request))) {
        counts.add(Count.REQUESTS_SENT);
        fetch.asked = peer.get();
        fetch.deadline = now.plus(patience);
        busy.add(peer.get());
      } else {
        fetch.tried.add(peer.get());
        fetch.deadline = now.plus(patience);
      }
    } else if (peers.choose(fetch.hint, fetch.tried).isEmpty()) {
      fetch.tried.clear();
      fetch.rounds++;
      fetch.deadline = now.plus(patience);
    } else {
      fetch.deadline = Instant.MIN;
    }
  }

  private static void passOver(Fetch fetch, ValidatorId peer) {
    fetch.tried.add(peer);
    fetch.asked = null;
    fetch.deadline = Instant.MIN;
  }
}
