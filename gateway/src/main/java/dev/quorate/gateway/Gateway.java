package dev.quorate.gateway;

import dev.quorate.gateway.http.ConnectionCounts;
import dev.quorate.gateway.http.Counters;
import dev.quorate.gateway.http.LedgerHeight;
import dev.quorate.gateway.http.Shared;
import dev.quorate.gateway.stream.Streams;
import dev.quorate.ledger.StoredBlock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: an API listener on one or more event loops, a listener for operators, and the
 * thread of the event streams.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final long START_SECONDS = 30;
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final long CLOSE_MILLIS = 2_000;

  private final GatewayContext context;
  private final Vertx vertx;
  private final List<ApiServer> api = new CopyOnWriteArrayList<>();
  private Optional<OpsServer> ops = Optional.empty();
  private final Ordering.Subscription finality;

  private Gateway(GatewayContext context) {
    this.context = context;
    this.vertx = Vertx.vertx(options(context.config().eventLoops()));
    this.finality = context.ordering().subscribe(this::onFinal);
  }

  /**
   * Serves until it is closed; refuses an address that it cannot listen on with {@link
   * UncheckedIOException}.
   *
   * @param metrics what {@code /metrics} shows, in Prometheus' text form
   */
  public static Gateway start(GatewayConfig config, Ordering ordering, Supplier<String> metrics) {
    var chain = ordering.chain();
    var counters = new Counters();
    var height = new LedgerHeight(chain.initialHeight().value() - 1);
    var bounds = config.bounds();
    var connections = new ConnectionCounts(bounds.connections(), bounds.connectionsPerAddress());
    var streams = new Streams(chain, height, counters, bounds.stream());
    var context =
        new GatewayContext(
            config,
            ordering,
            metrics,
            new Shared(height, counters, connections),
            streams,
            new AtomicBoolean());
    var gateway = new Gateway(context);
    try {
      chain.tip().ifPresent(tip -> height.raiseTo(tip.height().value()));
      gateway.listen();
      return gateway;
    } catch (RuntimeException failure) {
      gateway.close();
      throw failure;
    }
  }

  /** Where clients connect. */
  public int apiPort() {
    return api.getFirst().port();
  }

  /** Where operators connect, if anywhere. */
  public OptionalInt opsPort() {
    return ops.isPresent() ? OptionalInt.of(ops.get().port()) : OptionalInt.empty();
  }

  /** The API's routes, each as {@code GET /v1/blocks/{ref}}. */
  List<String> routes() {
    return api.getFirst().routeNames();
  }

  public GatewayFigures figures() {
    var counters = context.counters();
    return new GatewayFigures(
        counters.requests.sum(),
        counters.submissions.sum(),
        counters.problems.sum(),
        context.shared().connections().open(),
        counters.connectionsRefused.sum(),
        counters.waits.sum(),
        counters.streams.sum(),
        counters.slowStreams.sum());
  }

  /**
   * Stops within about three seconds: first not ready, then streams end with 4009 and waits with
   * 503, then answers under way finish, then the listeners close. The store must stay open so long.
   */
  @Override
  public void close() {
    if (context.stopping().getAndSet(true)) {
      return;
    }
    finality.close();
    waitFor(context.streams().drain(), GRACE.toMillis());
    api.forEach(ApiServer::stopWaiting);
    var closing = new ArrayList<Future<Void>>();
    api.forEach(server -> closing.add(server.shutdown(GRACE)));
    ops.ifPresent(server -> closing.add(server.shutdown(GRACE)));
    waitFor(Future.join(closing), CLOSE_MILLIS);
    waitFor(vertx.close(), CLOSE_MILLIS);
    context.streams().close();
  }

  private void listen() {
    var config = context.config();
    for (int i = 0; i < config.eventLoops(); i++) {
      await(
          vertx.deployVerticle(
              loop -> {
                var server = new ApiServer(context, loop);
                api.add(server);
                return server.listen();
              }),
          config.api());
    }
    config
        .ops()
        .ifPresent(
            address ->
                await(
                    vertx.deployVerticle(
                        loop -> {
                          var server = new OpsServer(context, loop, address);
                          ops = Optional.of(server);
                          return server.listen();
                        }),
                    address));
  }

  private void onFinal(StoredBlock block) {
    context.shared().height().raiseTo(block.block().height().value());
    context.streams().onFinal(block);
    api.forEach(server -> server.waiters().onFinal(block));
  }

  private static void await(Future<?> start, InetSocketAddress address) {
    try {
      var _ = start.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IOException io) {
        throw new UncheckedIOException(
            "cannot listen on %s:%d: %s"
                .formatted(address.getHostString(), address.getPort(), io.getMessage()),
            io);
      }
      throw new IllegalStateException("the gateway did not start", failure.getCause());
    } catch (TimeoutException late) {
      throw new IllegalStateException("the gateway did not start in " + START_SECONDS + " s", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the gateway started", interrupted);
    }
  }

  /** Waits for a part of the shutdown, and goes on without it when it takes too long. */
  private static void waitFor(Future<?> end, long millis) {
    try {
      var _ = end.toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException unfinished) {
      LOG.warn("the gateway did not close cleanly: {}", unfinished.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Only event loops, nothing on disk, and no thread that keeps the process alive. */
  private static VertxOptions options(int eventLoops) {
    return new VertxOptions()
        .setEventLoopPoolSize(eventLoops)
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1)
        .setPreferNativeTransport(false)
        .setUseDaemonThread(true)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }
}
