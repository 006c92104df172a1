package dev.quorate.replica.cluster;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Genesis;
import dev.quorate.replica.ReplicaLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Replicas with conveyors, a net between them whose delays a seed decides, and one clock that jumps
 * to whatever happens next.
 */
public final class Cluster {
  private static final Comparator<Flight> ORDER =
      Comparator.comparing(Flight::at).thenComparingLong(Flight::sequence);

  private final Genesis genesis;
  private final ReplicaLimits limits;
  private final Random delays;
  private final Map<ValidatorId, Member> members = new LinkedHashMap<>();
  private final PriorityQueue<Flight> flights = new PriorityQueue<>(ORDER);
  private final List<NetRule> rules = new ArrayList<>();
  private final StringBuilder log = new StringBuilder();
  private Instant now = Members.GENESIS_TIME.plusSeconds(60);
  private long sequence;

  private record Flight(Instant at, long sequence, Member from, Member to, Bytes frame) {}

  /** Sees every frame as it leaves; false loses it. */
  @FunctionalInterface
  public interface NetRule {
    boolean passes(Member from, Member to, Bytes frame);
  }

  public Cluster(Genesis genesis, ReplicaLimits limits, long seed) {
    this.genesis = genesis;
    this.limits = limits;
    this.delays = new Random(seed);
    for (var validator : genesis.validators()) {
      members.put(validator.id(), new Member(this, validator.name(), genesis));
    }
    members.values().forEach(Member::start);
  }

  /** {@code size} replicas with default limits. */
  public static Cluster of(int size) {
    return new Cluster(Members.genesis(size), ReplicaLimits.DEFAULT, 1);
  }

  public Member member(String name) {
    return members.values().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  public List<Member> members() {
    return List.copyOf(members.values());
  }

  public Instant now() {
    return now;
  }

  /** What all engines have gone through so far. */
  public String log() {
    return log.toString();
  }

  public Cluster rule(NetRule rule) {
    rules.add(rule);
    return this;
  }

  /** Lets that much time go by. */
  public Cluster run(Duration duration) {
    var end = now.plus(duration);
    while (true) {
      turns();
      var next = nextEvent();
      if (next.isAfter(end)) {
        now = end;
        return this;
      }
      now = next.isAfter(now) ? next : now;
      while (!flights.isEmpty() && !flights.element().at().isAfter(now)) {
        var flight = flights.remove();
        flight.to().receive(flight.from().id(), flight.frame(), now);
      }
    }
  }

  /** Whether all running replicas have this many final blocks, and the same ones. */
  public boolean agree(long height) {
    var ids =
        members.values().stream()
            .filter(Member::isUp)
            .map(it -> it.store().block(new Height(height)).map(block -> block.block().id()))
            .distinct()
            .toList();
    return ids.size() == 1 && ids.getFirst().isPresent();
  }

  public Genesis genesis() {
    return genesis;
  }

  ReplicaLimits limits() {
    return limits;
  }

  void record(String line) {
    log.append(now).append(' ').append(line).append('\n');
  }

  boolean send(Member from, ValidatorId to, Bytes frame) {
    var target = members.get(to);
    if (target == null || !target.isUp() || !from.isUp()) {
      return false;
    }
    var delay = Duration.ofNanos(200_000 + delays.nextInt(800_000));
    if (rules.stream().allMatch(it -> it.passes(from, target, frame))) {
      flights.add(new Flight(now.plus(delay), sequence++, from, target, frame));
    }
    return true;
  }

  private void turns() {
    boolean any = true;
    while (any) {
      any = false;
      for (var member : members.values()) {
        any |= member.turnIfDue(now);
      }
    }
  }

  private Instant nextEvent() {
    var next = flights.isEmpty() ? Instant.MAX : flights.element().at();
    for (var member : members.values()) {
      var deadline = member.nextDeadline();
      next = deadline.isBefore(next) ? deadline : next;
    }
    return next;
  }
}
