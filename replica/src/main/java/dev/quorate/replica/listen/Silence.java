package dev.quorate.replica.listen;

import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.replica.Network;
import dev.quorate.replica.sync.Peers;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time in which a replica signs nothing.
 *
 * <p>After every start it listens: it asks each peer for what that peer holds of it, until all that
 * can be reached have answered, a quorum with itself among them, or the listen time is over. It
 * never needs anybody's answer to begin.
 *
 * <p>A replica that has lost its promises observes, however long it takes: until others worth a
 * quorum, itself not counted, have reported how far they are, and a block far enough beyond all of
 * it was committed without its vote.
 */
public final class Silence {
  private static final Logger LOG = LoggerFactory.getLogger(Silence.class);
  private static final Envelope QUESTION = new Envelope.HeardRequest();
  private static final Voice SPEAKING = new Voice.Speaking();

  private final ValidatorSet validators;
  private final ValidatorId self;
  private final Peers peers;
  private final Network network;
  private final Times times;
  private final Map<ValidatorId, Standing> reports = new LinkedHashMap<>();
  private final Map<ValidatorId, Instant> asked = new HashMap<>();
  private Optional<String> lost;
  private boolean listening = true;
  private Instant end = Instant.MAX;
  private @Nullable Standing reported;

  /**
   * Nobody is asked yet.
   *
   * @param lost how promises were lost, if they were: then it observes
   */
  public Silence(
      Membership membership, Peers peers, Network network, Times times, Optional<String> lost) {
    this.validators = membership.validators();
    this.self = membership.self();
    this.peers = peers;
    this.network = network;
    this.times = times;
    this.lost = lost;
  }

  /**
   * How long things take.
   *
   * @param listening the longest time to listen
   * @param patience after this a peer that has not answered is asked again
   */
  public record Times(Duration listening, Duration patience) {}

  /** Who belongs to the network, and who of them we are. */
  public record Membership(ValidatorSet validators, ValidatorId self) {}

  /** The replica runs: the time to listen begins. */
  public void started(Instant now) {
    end = now.plus(times.listening);
    lost.ifPresent(it -> LOG.atError().addKeyValue("lost", it).log("this node does not vote"));
  }

  /** A peer can be reached, or not any more: either way it has to be asked anew. */
  public void link(ValidatorId peer) {
    asked.remove(peer);
  }

  /** A peer has said all that it holds of us; its first report counts. */
  public void answered(ValidatorId peer, Standing standing) {
    reports.putIfAbsent(peer, standing);
    if (reported == null && validators.isQuorum(reports.keySet())) {
      reported = reports.values().stream().reduce(Standing::orHigher).orElseThrow();
    }
  }

  /** Ends listening when its time has come. */
  public void advance(Instant now) {
    if (listening && (haveAllAnswered() || !now.isBefore(end))) {
      listening = false;
      LOG.atInfo()
          .addKeyValue("answers", reports.size())
          .addKeyValue("early", now.isBefore(end))
          .log("listening is over");
    }
  }

  /** What others had reached when they reported, once an observer has heard enough of them. */
  public Optional<Standing> reported() {
    return lost.isPresent() ? Optional.ofNullable(reported) : Optional.empty();
  }

  /** What was lost does not matter any more. */
  public void endObservation() {
    lost = Optional.empty();
  }

  public Voice voice() {
    if (lost.isPresent()) {
      return new Voice.Observing(lost.get(), waitsFor());
    }
    return listening ? new Voice.Listening(reports.size(), validators.size() - 1) : SPEAKING;
  }

  /** Asks those peers that have not been asked, or not answered for long. */
  public void endOfTurn(Instant now) {
    if (!isAsking()) {
      return;
    }
    for (var peer : peers.connected()) {
      var before = asked.get(peer);
      boolean due = before == null || !now.isBefore(before.plus(times.patience));
      if (due && !reports.containsKey(peer)) {
        asked.put(peer, now);
        network.send(peer, EnvelopeCodec.encode(QUESTION));
      }
    }
  }

  /** When {@link #advance} or {@link #endOfTurn} has something to do even if nothing happens. */
  public Instant nextDeadline() {
    var next = listening ? end : Instant.MAX;
    if (isAsking()) {
      for (var peer : peers.connected()) {
        var before = asked.get(peer);
        if (before != null && !reports.containsKey(peer)) {
          var again = before.plus(times.patience);
          next = again.isBefore(next) ? again : next;
        }
      }
    }
    return next;
  }

  private boolean isAsking() {
    return lost.isPresent() ? reported == null : listening;
  }

  private boolean haveAllAnswered() {
    var connected = peers.connected();
    long power = validators.powerOf(connected) + validators.powerOf(self);
    return validators.isQuorum(power) && reports.keySet().containsAll(connected);
  }

  private String waitsFor() {
    if (reported == null) {
      return "reports of others worth more than two thirds of the power, power %d of %d so far"
          .formatted(validators.powerOf(reports.keySet()), validators.totalPower());
    }
    return ("a block without its vote far enough beyond height %s and %s,"
            + " or for another validator in its place")
        .formatted(reported.highest(), reported.pending());
  }
}
