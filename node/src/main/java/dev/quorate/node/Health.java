package dev.quorate.node;

import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.PublicKey;
import dev.quorate.gateway.ConsensusView.Peer;
import dev.quorate.gateway.Readiness;
import dev.quorate.gateway.Readiness.Check;
import dev.quorate.gateway.Rejection;
import dev.quorate.ledger.Genesis;
import dev.quorate.node.config.NodeConfig.Pool;
import dev.quorate.replica.Condition;
import dev.quorate.replica.Replica;
import dev.quorate.replica.listen.Voice;
import dev.quorate.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether clients should be sent to this node, and if not, why. Safe for use by any thread. */
final class Health {
  /** Peers say where they are as soon as they are met; after this we know that we lag behind. */
  private static final Duration ACQUAINTANCE = Duration.ofMillis(150);

  /** The pool counts as full a little before it is. */
  private static final double HIGH_WATER = 0.9;

  /** Less than both is too little room on the disk. */
  private static final double LEAST_FREE_SHARE = 0.05;

  private static final long LEAST_FREE_BYTES = 2L << 30;

  private final Genesis genesis;
  private final ValidatorSet validators;
  private final ValidatorId self;
  private final Pool pool;
  private final Path data;
  private final InstantSource clock;
  private volatile @Nullable Replica<?> replica;
  private volatile @Nullable Transport transport;
  private volatile Links links = new Links(0, Instant.MAX);
  private volatile boolean joined;
  private volatile boolean stopping;

  /** How much power can be reached, our own included, and since when it is a quorum. */
  private record Links(long power, Instant quorumSince) {}

  Health(Genesis genesis, ValidatorId self, Pool pool, Path data, InstantSource clock) {
    this.genesis = genesis;
    this.validators = genesis.validatorSet();
    this.self = self;
    this.pool = pool;
    this.data = data;
    this.clock = clock;
  }

  /** Makes known what is to be watched. */
  void attach(Replica<?> opened, Transport started) {
    replica = opened;
    transport = started;
    linksChanged();
  }

  /** A peer came or went. */
  synchronized void linksChanged() {
    long power = validators.powerOf(self);
    for (var key : connected()) {
      power += validators.powerOf(ValidatorId.of(key));
    }
    var since =
        !validators.isQuorum(power)
            ? Instant.MAX
            : links.quorumSince.equals(Instant.MAX) ? clock.instant() : links.quorumSince;
    links = new Links(power, since);
  }

  /** From now on clients are sent away. */
  void stop() {
    stopping = true;
  }

  /** Why a transaction cannot be taken at this moment, if it cannot. */
  Optional<Rejection> rejection() {
    if (stopping) {
      return Optional.of(new Rejection.Stopping());
    }
    var now = links;
    return validators.isQuorum(now.power)
        ? Optional.empty()
        : Optional.of(new Rejection.NoQuorum(now.power, validators.quorumPower()));
  }

  /** The other validators, in the order of the genesis. */
  List<Peer> peers() {
    var connected = connected();
    return genesis.validators().stream()
        .filter(validator -> !validator.id().equals(self))
        .map(validator -> new Peer(validator.name(), connected.contains(validator.key())))
        .toList();
  }

  Readiness readiness() {
    var checks = new ArrayList<Check>();
    checks.add(running());
    checks.add(quorum());
    checks.add(caughtUp());
    checks.add(votes());
    checks.add(pool());
    checks.add(disk());
    return new Readiness(checks);
  }

  private Check running() {
    var watched = replica;
    if (stopping || watched == null) {
      return new Check(
          "running", false, stopping ? "the node is stopping" : "the node is starting");
    }
    return switch (watched.status().condition()) {
      case Condition.Running() -> new Check("running", true, part(watched.status().engine()));
      case Condition.Stopped() -> new Check("running", false, "stopped");
      case Condition.Halted(var reason) -> new Check("running", false, "halted: " + reason);
      case Condition.Failed(var cause) -> new Check("running", false, "failed: " + cause);
    };
  }

  /**
   * A change of the leader is no reason to send clients away, but one that lasts is worth a look.
   */
  private static String part(EngineStatus engine) {
    return engine.active()
        ? "takes part"
        : "waits for %s %d to begin".formatted(engine.roundWord(), engine.round().value());
  }

  private Check quorum() {
    var away = peers().stream().filter(peer -> !peer.connected()).map(Peer::name).toList();
    long power = links.power;
    var why =
        "%d of %d validators reachable: %d of %d of the power, more than 2/3 needed%s"
            .formatted(
                validators.size() - away.size(),
                validators.size(),
                power,
                validators.totalPower(),
                away.isEmpty() ? "" : "; not reachable: " + String.join(", ", away));
    return new Check("quorum", validators.isQuorum(power), why);
  }

  private Check caughtUp() {
    var watched = replica;
    if (watched == null) {
      return new Check("caught-up", false, "the node is starting");
    }
    var status = watched.status();
    if (status.catchingUp()) {
      return new Check("caught-up", false, "fetching blocks above height " + status.tip().value());
    }
    var since = links.quorumSince;
    if (!joined
        && (since.equals(Instant.MAX) || clock.instant().isBefore(since.plus(ACQUAINTANCE)))) {
      return new Check("caught-up", false, "getting to know how far the others are");
    }
    joined = true;
    return new Check("caught-up", true, "at height " + status.tip().value());
  }

  private Check votes() {
    var watched = replica;
    if (watched == null) {
      return new Check("votes", false, "the node is starting");
    }
    var voice = watched.status().voice();
    return new Check("votes", voice instanceof Voice.Speaking, voice.sentence());
  }

  private Check pool() {
    var watched = replica;
    long waiting = watched == null ? 0 : watched.status().pool().pending();
    long bytes = watched == null ? 0 : watched.status().poolBytes();
    boolean room =
        waiting < HIGH_WATER * pool.maxTransactions() && bytes < HIGH_WATER * pool.maxBytes();
    return new Check("pool", room, "%d transactions, %d bytes wait".formatted(waiting, bytes));
  }

  private Check disk() {
    try {
      var store = Files.getFileStore(data);
      long free = store.getUsableSpace();
      boolean room = free >= LEAST_FREE_BYTES || free >= LEAST_FREE_SHARE * store.getTotalSpace();
      return new Check("disk", room, (free >> 20) + " MiB free");
    } catch (IOException e) {
      return new Check("disk", false, "cannot be asked: " + e.getMessage());
    }
  }

  private Set<PublicKey> connected() {
    var watched = transport;
    return watched == null ? Set.of() : watched.connected();
  }
}
