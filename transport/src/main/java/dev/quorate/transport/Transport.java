package dev.quorate.transport;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.PublicKey;
import dev.quorate.transport.frame.FrameEncoder;
import dev.quorate.transport.frame.FrameKind;
import dev.quorate.transport.tls.Tls;
import dev.quorate.transport.tls.TlsLibrary;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One authenticated connection to every other validator, kept up for as long as this is open.
 *
 * <p>Sending never blocks and never waits for a peer: what cannot be queued is dropped and counted,
 * and whoever needs it to arrive sends it again. All methods may be called from any thread.
 */
public final class Transport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(3);

  /** How long each step of closing may take; only a listener that blocks makes one take it. */
  private static final Duration CLOSE_STEP = Duration.ofSeconds(1);

  private static final int BACKLOG = 128;

  private final TransportConfig config;
  private final EventLoops loops;
  private final Tls tls;
  private final Peers peers;
  private final Refusals refusals;
  private final PendingConnections pending;
  private final ChannelGroup acceptors = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private final ChannelGroup connections =
      new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<Dialer> dialers = new ArrayList<>();
  private final LongAdder encodedFrames = new LongAdder();
  private final LongAdder failedDials = new LongAdder();

  private Transport(TransportConfig config, PeerListener listener, TlsLibrary library) {
    this.config = config;
    tls = new Tls(config.tls(), library, config.timing().tlsDeadline());
    loops = EventLoops.start(config.limits().loops());
    refusals = new Refusals(listener);
    peers = new Peers(config, listener);
    pending =
        new PendingConnections(
            config.limits().maxPending(), config.limits().maxPendingPerAddress());
  }

  /** Listens and dials; throws {@link UncheckedIOException} if the address cannot be bound. */
  public static Transport start(TransportConfig config, PeerListener listener) {
    return start(config, listener, TlsLibrary.fastest());
  }

  static Transport start(TransportConfig config, PeerListener listener, TlsLibrary library) {
    var transport = new Transport(config, listener, library);
    try {
      transport.open();
    } catch (RuntimeException e) {
      transport.close();
      throw e;
    }
    return transport;
  }

  /** Queues an urgent frame; see {@link #send(PublicKey, Bytes, Priority)}. */
  public boolean send(PublicKey peer, Bytes frame) {
    return send(peer, frame, Priority.CONSENSUS);
  }

  /**
   * Queues a frame; false if it was dropped, because the peer is not connected or too much waits
   * for it already (the counters tell which). True says nothing about its arrival. Refuses keys
   * that are no peer's and frames above the limit.
   */
  public boolean send(PublicKey peer, Bytes frame, Priority priority) {
    return peers.get(peer).send(encode(frame), priority);
  }

  /** Queues an urgent frame for every peer; see {@link #broadcast(Bytes, Priority)}. */
  public void broadcast(Bytes frame) {
    broadcast(frame, Priority.CONSENSUS);
  }

  /** Queues a frame for every peer: encoded once, dropped for those who cannot have it. */
  public void broadcast(Bytes frame, Priority priority) {
    var encoded = encode(frame);
    for (var peer : peers.all()) {
      peer.send(encoded.retainedDuplicate(), priority);
    }
    encoded.release();
  }

  /** The peers that frames can be sent to now, in the order of their keys. */
  public Set<PublicKey> connected() {
    var keys = new LinkedHashSet<PublicKey>();
    for (var peer : peers.all()) {
      if (peer.isConnected()) {
        keys.add(peer.key());
      }
    }
    return Collections.unmodifiableSet(keys);
  }

  /**
   * Stops reading from one peer, whose frames then wait on its own side; the others go on. Called
   * from inside {@link PeerListener#onFrame} it holds for the very next frame, otherwise from the
   * loop's next turn. Lasts over reconnections until {@link #resume}.
   */
  public void pause(PublicKey peer) {
    peers.get(peer).pause(true);
  }

  /** Reads from a peer again. */
  public void resume(PublicKey peer) {
    peers.get(peer).pause(false);
  }

  /** What has happened so far. */
  public TransportCounters counters() {
    return new TransportCounters(
        encodedFrames.sum(),
        failedDials.sum(),
        refusals.counts(),
        pending.total(),
        peers.all().stream().map(PeerLink::counters).toList());
  }

  /**
   * Ends all connections and stops the threads; the listener hears of every peer that was connected
   * before this returns. Frames that wait are lost. Takes a moment, and a few seconds if a listener
   * blocks. Must not be called by the listener.
   */
  @Override
  public void close() {
    for (EventExecutor loop : loops.group()) {
      if (loop.inEventLoop()) {
        throw new IllegalStateException("a listener cannot close the transport that calls it");
      }
    }
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    dialers.forEach(Dialer::stop);
    long patience = CLOSE_STEP.toMillis();
    acceptors.close().awaitUninterruptibly(patience);
    connections.forEach(Refusals::settle);
    connections.close().awaitUninterruptibly(patience);
    boolean stopped =
        loops
            .group()
            .shutdownGracefully(0, patience, TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(2 * patience);
    if (stopped) {
      tls.close();
    } else {
      LOG.error("an event loop does not stop: a listener has not returned");
    }
  }

  private void open() {
    var setting = new HandshakeHandler.Setting(config, tls, peers, refusals);
    var pipeline = new Pipeline(setting, pending, connections);
    listen(pipeline);
    var random = new SplittableRandom(config.seed());
    for (var peer : config.peers()) {
      dialers.add(dialer(peer, pipeline, random.split()));
    }
    dialers.forEach(Dialer::start);
  }

  private void listen(Pipeline pipeline) {
    var bound =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.acceptor())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(pipeline.accepting())
            .bind(config.listen())
            .awaitUninterruptibly();
    acceptors.add(bound.channel());
    if (!bound.isSuccess()) {
      throw new UncheckedIOException(
          "cannot listen on " + config.listen(), new IOException(bound.cause()));
    }
  }

  private Dialer dialer(PeerAddress peer, Pipeline pipeline, SplittableRandom random) {
    var link = peers.get(peer.key());
    var loop = loops.group().next();
    var bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(loops.connection())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_DEADLINE.toMillis())
            .handler(pipeline.dialing(link));
    var timing = config.timing();
    var backoff = new Backoff(timing.firstRetry(), timing.lastRetry(), random);
    return new Dialer(link, peer, bootstrap, loop, backoff, failedDials);
  }

  private ByteBuf encode(Bytes frame) {
    if (frame.length() > config.limits().maxFrameBytes()) {
      throw new IllegalArgumentException(
          "a frame of " + frame.length() + " bytes; at most " + config.limits().maxFrameBytes());
    }
    encodedFrames.increment();
    return FrameEncoder.encode(FrameKind.DATA, frame);
  }
}
