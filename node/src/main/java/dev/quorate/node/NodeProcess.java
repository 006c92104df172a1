package dev.quorate.node;

import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.crypto.TlsIdentity;
import dev.quorate.gateway.Gateway;
import dev.quorate.gateway.GatewayConfig;
import dev.quorate.gateway.Readiness;
import dev.quorate.ledger.store.DataDirectory;
import dev.quorate.ledger.store.LmdbChainStore;
import dev.quorate.ledger.store.StorageException;
import dev.quorate.ledger.store.StoreOptions;
import dev.quorate.node.ReplicaOrdering.Finality;
import dev.quorate.node.config.NodeConfig;
import dev.quorate.node.guard.GuardFile;
import dev.quorate.node.network.Engines;
import dev.quorate.node.network.Stake;
import dev.quorate.replica.Condition;
import dev.quorate.replica.Replica;
import dev.quorate.replica.ReplicaLimits;
import dev.quorate.replica.ReplicaPorts;
import dev.quorate.replica.guard.GuardStorage;
import dev.quorate.replica.guard.SigningKey;
import dev.quorate.replica.inbox.InboxLimits;
import dev.quorate.transport.PeerAddress;
import dev.quorate.transport.Transport;
import dev.quorate.transport.TransportConfig;
import dev.quorate.transport.TransportLimits;
import dev.quorate.transport.TransportTiming;
import dev.quorate.transport.handshake.InstanceId;
import dev.quorate.transport.handshake.LocalPeer;
import dev.quorate.transport.handshake.NetworkIdentity;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node from its start to its stop: this is where everything is put together.
 *
 * <p>A start goes from the inside out, so that nobody outside meets a node that is not whole: who
 * we are, the data folder, the store, the engine as it stood, the connections to the peers, and the
 * listeners for clients last. A stop goes the other way.
 */
public final class NodeProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int FRAME_MARGIN = 64 << 10;

  private final NodeConfig config;
  private final Membership membership;
  private final Health health;
  private final InstantSource clock = Clock.systemUTC();
  private final SignatureScheme scheme = Ed25519.INSTANCE;
  private final SecureRandom random = new SecureRandom();
  private final NodeMetrics metrics = new NodeMetrics();
  private final Deque<Runnable> closers = new ArrayDeque<>();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();

  private NodeProcess(NodeConfig config, Membership membership) {
    this.config = config;
    this.membership = membership;
    this.health =
        new Health(membership.genesis(), membership.self(), config.pool(), config.data(), clock);
  }

  /** Starts a node; a {@link StartRefused} says why it cannot be, and has changed nothing. */
  public static NodeProcess start(NodeConfig config) {
    var membership = Membership.of(config);
    FreeAddress.require(config);
    membership.warning().ifPresent(warning -> LOG.warn("demo key: {}", warning));
    var node = new NodeProcess(config, membership);
    try {
      node.open();
      return node;
    } catch (StorageException | UncheckedIOException | IllegalStateException e) {
      node.close();
      LOG.debug("the start failed", e);
      throw new StartRefused(config.name() + " does not start: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      node.close();
      throw e;
    }
  }

  /** Whether clients should be sent here. */
  public Readiness readiness() {
    return health.readiness();
  }

  /** What the powers of the network's validators mean. */
  public Stake stake() {
    return new Stake(membership.genesis());
  }

  /** Completes with an exit code when the node can go on no more, or was closed. */
  public CompletableFuture<Integer> ended() {
    return ended;
  }

  /** Sends clients away, ends their streams, leaves the peers and closes the store, in order. */
  @Override
  public void close() {
    health.stop();
    synchronized (closers) {
      while (!closers.isEmpty()) {
        closers.pop().run();
      }
    }
    ended.complete(ExitCode.OK);
  }

  private void open() {
    var genesis = membership.genesis();
    var directory = dataDirectory();
    closers.push(directory::close);
    var indexing =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name(config.name() + "-index").factory());
    closers.push(indexing::close);
    var options = StoreOptions.defaults(indexing, LOG::info);
    var store = LmdbChainStore.open(directory.path(), genesis, options);
    closers.push(store::close);
    var provider =
        Engines.find(genesis.engine())
            .orElseThrow(() -> new StartRefused(Engines.unknown(genesis.engine())));
    var guard = GuardFile.open(directory.path());
    closers.push(guard::close);
    run(provider, store, guard);
  }

  private DataDirectory dataDirectory() {
    var opening =
        DataDirectory.open(config.data(), membership.genesis(), membership.key().publicKey());
    return switch (opening) {
      case DataDirectory.Opening.Opened(var directory) -> directory;
      case DataDirectory.Opening.Refused(var reason, _) -> throw new StartRefused(reason);
    };
  }

  private <M extends Message<M>> void run(
      EngineProvider<M> provider, LmdbChainStore store, GuardStorage guard) {
    var genesis = membership.genesis();
    var finality = Finality.after(store);
    var network = new PeerNetwork(genesis.validatorSet(), membership.self());
    var wakeup = new Wakeup();
    var ports =
        new ReplicaPorts(
            store,
            network,
            guard,
            new SigningKey(membership.key(), scheme),
            finality.feed(),
            wakeup);
    var replica = Replica.open(genesis, membership.self(), provider, ports, limits());
    var thread =
        new ReplicaThread(
            config.name() + "-replica", replica, SteadyClock.startedAt(clock.instant()), clock);
    wakeup.attach(thread);
    closers.push(thread::stop);
    var peers = membership.peers().stream().map(PeerAddress::key).toList();
    var frames = new PeerFrames(config.name(), new ReplicaDoor(replica, health), peers, clock);
    closers.push(frames::close);
    var transport = Transport.start(transportConfig(), frames);
    closers.push(transport::close);
    frames.attach(new TransportTap(transport));
    network.attach(transport);
    health.attach(replica, transport);
    var _ = thread.end().thenAccept(this::replicaEnded);
    thread.start();
    var ordering = new ReplicaOrdering(genesis, config.name(), replica, store, finality, health);
    var gateway =
        Gateway.start(
            GatewayConfig.of(config.api().resolved(), config.ops().resolved()),
            ordering,
            metrics::scrape);
    closers.push(gateway::close);
    metrics.watch(new NodeMetrics.Sources(membership, replica, transport, frames, gateway, store));
    LOG.atInfo()
        .addKeyValue("node", config.name())
        .addKeyValue("chain", genesis.chainId())
        .addKeyValue("genesis", genesis.hash().abbreviated())
        .addKeyValue("engine", genesis.engine())
        .addKeyValue("quorum", stake().summary())
        .addKeyValue("height", replica.status().tip().value())
        .log("started");
    stake().warnings().forEach(LOG::warn);
  }

  private ReplicaLimits limits() {
    var pool = config.pool();
    return new ReplicaLimits(
        InboxLimits.DEFAULT,
        pool.maxTransactions(),
        pool.maxBytes(),
        PATIENCE,
        config.p2p().listenTime());
  }

  private TransportConfig transportConfig() {
    var genesis = membership.genesis();
    var key = membership.key();
    var byDefault = TransportLimits.DEFAULT;
    int frame = genesis.limits().maxBlockBytes() + FRAME_MARGIN;
    var limits =
        new TransportLimits(
            frame,
            Math.max(4 * frame, byDefault.maxQueuedBytes()),
            byDefault.maxQueuedFrames(),
            Math.max(4 * membership.peers().size(), byDefault.maxPending()),
            Math.max(4 * membership.peers().size(), byDefault.maxPendingPerAddress()),
            byDefault.loops());
    return new TransportConfig(
        new LocalPeer(key.publicKey(), InstanceId.random(random), bytes -> scheme.sign(key, bytes)),
        new NetworkIdentity(genesis.chainId(), genesis.hash(), scheme),
        TlsIdentity.generate(random),
        config.p2p().listen().resolved(),
        membership.peers(),
        limits,
        TransportTiming.DEFAULT,
        random.nextLong());
  }

  /** Lets a replica have the frames of peers, and everybody know of their coming and going. */
  private record ReplicaDoor(Replica<?> replica, Health health) implements PeerFrames.Door {
    @Override
    public void onFrame(ValidatorId peer, Bytes frame, Instant receivedAt) {
      replica.ingress().onFrame(peer, frame, receivedAt);
    }

    @Override
    public void onConnected(ValidatorId peer) {
      replica.peerConnected(peer);
      health.linksChanged();
    }

    @Override
    public void onDisconnected(ValidatorId peer) {
      replica.peerDisconnected(peer);
      health.linksChanged();
    }
  }

  /** Stops a peer at the transport. */
  private record TransportTap(Transport transport) implements PeerFrames.Tap {
    @Override
    public void pause(PublicKey peer) {
      transport.pause(peer);
    }

    @Override
    public void resume(PublicKey peer) {
      transport.resume(peer);
    }
  }

  private void replicaEnded(Condition condition) {
    switch (condition) {
      case Condition.Running() -> throw new IllegalStateException("ended while it runs");
      case Condition.Stopped() -> ended.complete(ExitCode.OK);
      case Condition.Halted(var reason) -> {
        LOG.error("the engine halted and this node votes no more: {}", reason);
        ended.complete(ExitCode.ENGINE_HALTED);
      }
      case Condition.Failed(StorageException cause) -> {
        LOG.error("the store failed and this node stops", cause);
        ended.complete(ExitCode.STORAGE);
      }
      case Condition.Failed(var cause) -> {
        LOG.error("a bug: this node stops at once", cause);
        ended.complete(ExitCode.BUG);
      }
    }
  }
}
