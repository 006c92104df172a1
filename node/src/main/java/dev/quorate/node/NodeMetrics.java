package dev.quorate.node;

import dev.quorate.gateway.Gateway;
import dev.quorate.gateway.GatewayFigures;
import dev.quorate.ledger.store.LmdbChainStore;
import dev.quorate.replica.Count;
import dev.quorate.replica.Replica;
import dev.quorate.replica.ReplicaStatus;
import dev.quorate.replica.listen.Voice;
import dev.quorate.transport.Transport;
import dev.quorate.transport.TransportCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What this node counts and measures, in Prometheus' text form. Each name is a row in {@code
 * docs/metrics.md}. Nothing is recorded on the way of a transaction: the parts count for
 * themselves, and are asked when somebody reads.
 */
final class NodeMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Set<String> reasons = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Sources sources;

  /** The parts that are asked. */
  record Sources(
      Membership membership,
      Replica<?> replica,
      Transport transport,
      PeerFrames frames,
      Gateway gateway,
      LmdbChainStore store) {}

  NodeMetrics() {
    var version = Version.current();
    Gauge.builder("quorate.build.info", () -> 1)
        .description("1; the labels say what runs")
        .tags("version", version.number(), "commit", version.commit())
        .register(registry);
    process();
  }

  /** Asks these parts from now on. */
  void watch(Sources parts) {
    for (var count : Count.values()) {
      counter("replica." + name(count), Tags.empty(), parts.replica, it -> it.counts().of(count));
    }
    status("replica.height", parts, it -> it.tip().value());
    status("replica.round", parts, it -> it.engine().round().value());
    status("replica.blocks.in.flight", parts, it -> it.engine().inFlight());
    status("replica.catching.up", parts, it -> it.catchingUp() ? 1 : 0);
    status("replica.voting", parts, it -> it.voice() instanceof Voice.Speaking ? 1 : 0);
    status("pool.transactions", parts, it -> it.pool().pending());
    status("pool.bytes", parts, ReplicaStatus::poolBytes);
    gauge("ingress.waiting.frames", Tags.empty(), parts.frames, PeerFrames::waitingFrames);
    gauge("store.chain.bytes", Tags.empty(), parts.store, it -> it.usage().chainBytes());
    gauge("store.index.bytes", Tags.empty(), parts.store, it -> it.usage().indexBytes());
    gauge(
        "store.evidence.pending", Tags.empty(), parts.store, it -> it.evidence().pending().size());
    gauge("store.map.bytes", Tags.empty(), parts.store, it -> it.usage().mapBytes());
    transport(parts);
    gateway(parts.gateway);
    sources = parts;
  }

  /** All figures, as they are now. */
  String scrape() {
    var parts = sources;
    if (parts != null) {
      reasons(parts.replica);
    }
    return registry.scrape();
  }

  private void process() {
    var runtime = ManagementFactory.getRuntimeMXBean();
    var memory = ManagementFactory.getMemoryMXBean();
    var threads = ManagementFactory.getThreadMXBean();
    gauge("process.uptime.seconds", Tags.empty(), runtime, it -> it.getUptime() / 1_000.0);
    gauge("process.threads", Tags.empty(), threads, it -> it.getThreadCount());
    gauge("process.heap.bytes", Tags.empty(), memory, it -> it.getHeapMemoryUsage().getUsed());
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      var tags = Tags.of("collector", collector.getName());
      counter("process.gc.seconds", tags, collector, it -> it.getCollectionTime() / 1_000.0);
      counter("process.gc.runs", tags, collector, GarbageCollectorMXBean::getCollectionCount);
    }
  }

  private void transport(Sources parts) {
    var transport = parts.transport;
    counter(
        "transport.frames.encoded", Tags.empty(), transport, it -> it.counters().encodedFrames());
    counter("transport.dials.failed", Tags.empty(), transport, it -> it.counters().failedDials());
    gauge("transport.connections.pending", Tags.empty(), transport, it -> it.counters().pending());
    gauge(
        "transport.peers.connected", Tags.empty(), transport, it -> it.counters().connectedPeers());
    for (var reason : transport.counters().refusals().keySet()) {
      counter(
          "transport.refusals",
          Tags.of("reason", reason.name().toLowerCase(Locale.ROOT)),
          transport,
          it -> it.counters().refusals().getOrDefault(reason, 0L));
    }
    for (var validator : parts.membership.genesis().validators()) {
      if (!validator.id().equals(parts.membership.self())) {
        var tags = Tags.of("peer", validator.name());
        var key = validator.key();
        peerCounter("connects", tags, transport, it -> it.peer(key).connects());
        peerCounter("frames.in", tags, transport, it -> it.peer(key).framesIn());
        peerCounter("frames.out", tags, transport, it -> it.peer(key).framesOut());
        peerCounter("bytes.in", tags, transport, it -> it.peer(key).bytesIn());
        peerCounter("bytes.out", tags, transport, it -> it.peer(key).bytesOut());
        peerCounter("dropped.full", tags, transport, it -> it.peer(key).droppedFull());
        peerCounter(
            "dropped.unconnected", tags, transport, it -> it.peer(key).droppedUnconnected());
        gauge(
            "transport.peer.queued.frames",
            tags,
            transport,
            it -> it.counters().peer(key).queuedFrames());
        gauge(
            "transport.peer.queued.bytes",
            tags,
            transport,
            it -> it.counters().peer(key).queuedBytes());
        gauge(
            "transport.peer.connected",
            tags,
            transport,
            it -> it.counters().peer(key).connected() ? 1 : 0);
      }
    }
  }

  private void gateway(Gateway gateway) {
    figure("requests", gateway, GatewayFigures::requests);
    figure("submissions", gateway, GatewayFigures::submissions);
    figure("problems", gateway, GatewayFigures::problems);
    figure("connections.refused", gateway, GatewayFigures::connectionsRefused);
    figure("streams.slow", gateway, GatewayFigures::slowStreams);
    gauge("gateway.connections", Tags.empty(), gateway, it -> it.figures().connections());
    gauge("gateway.waits", Tags.empty(), gateway, it -> it.figures().waits());
    gauge("gateway.streams", Tags.empty(), gateway, it -> it.figures().streams());
  }

  /** Reasons turn up while the node runs. */
  private void reasons(Replica<?> replica) {
    for (var reason : replica.counts().ignored().keySet()) {
      if (reasons.add(reason)) {
        counter(
            "replica.messages.ignored",
            Tags.of("reason", reason),
            replica,
            it -> it.counts().ignored().getOrDefault(reason, 0L));
      }
    }
  }

  private void status(String name, Sources parts, ToDoubleFunction<ReplicaStatus> value) {
    gauge(name, Tags.empty(), parts.replica, it -> value.applyAsDouble(it.status()));
  }

  private void peerCounter(
      String name, Tags tags, Transport transport, ToDoubleFunction<TransportCounters> value) {
    counter("transport.peer." + name, tags, transport, it -> value.applyAsDouble(it.counters()));
  }

  private void figure(String name, Gateway gateway, ToDoubleFunction<GatewayFigures> value) {
    counter("gateway." + name, Tags.empty(), gateway, it -> value.applyAsDouble(it.figures()));
  }

  private <T> void counter(String name, Tags tags, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder("quorate." + name, source, value).tags(tags).register(registry);
  }

  private <T> void gauge(String name, Tags tags, T source, ToDoubleFunction<T> value) {
    Gauge.builder("quorate." + name, source, value)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private static String name(Count count) {
    return count.name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
