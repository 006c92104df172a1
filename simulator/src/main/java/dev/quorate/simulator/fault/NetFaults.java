package dev.quorate.simulator.fault;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.net.FrameRule;
import dev.quorate.simulator.net.SimNet;
import dev.quorate.simulator.net.Weather;
import dev.quorate.simulator.node.SimNode;
import dev.quorate.simulator.plan.Family;
import dev.quorate.simulator.plan.RunPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Bad weather on links, and cuts across them. */
public final class NetFaults {
  private static final double WEATHER_CHANGES = 0.5;

  private final RunPlan plan;
  private final SimNet net;
  private final Victims victims;
  private final Function<Bytes, String> kindOf;
  private final Incidents incidents;

  /**
   * Nothing goes wrong yet.
   *
   * @param kindOf names the type of what is in a frame
   */
  public NetFaults(
      RunPlan plan,
      SimNet net,
      Victims victims,
      Function<Bytes, String> kindOf,
      Incidents incidents) {
    this.plan = plan;
    this.net = net;
    this.victims = victims;
    this.kindOf = kindOf;
    this.incidents = incidents;
  }

  /** From now on things go wrong as the plan says. */
  public void begin() {
    if (hasWeather()) {
      changeWeather();
      victims.often(WEATHER_CHANGES, this::changeWeather);
    }
    often(Family.PARTITION, 0.6, this::partition);
    often(Family.ONE_WAY, 1, this::cutOneWay);
    often(Family.FLAPPING, 1, this::flap);
    often(Family.FILTER, 0.6, this::filter);
  }

  private void often(Family family, double atMost, Runnable incident) {
    double strength = plan.strength(family);
    if (strength > 0) {
      victims.often(strength * atMost, incident);
    }
  }

  private boolean hasWeather() {
    return plan.faults().keySet().stream().anyMatch(NetFaults::isWeather);
  }

  private static boolean isWeather(Family family) {
    return family.compareTo(Family.CAPACITY) <= 0;
  }

  private void changeWeather() {
    for (var from : victims.all()) {
      for (var to : victims.all()) {
        if (from != to && !areSpared(from.id(), to.id())) {
          var weather = drawWeather();
          net.weather(from.id(), to.id(), _ -> weather);
        }
      }
    }
  }

  private Weather drawWeather() {
    var chance = victims.chance();
    var weather = Weather.CALM;
    if (chance.happens(plan.strength(Family.LOSS))) {
      weather = weather.withLoss(0.3 * chance.fraction());
    }
    if (chance.happens(plan.strength(Family.DELAY))) {
      weather =
          weather
              .withDelay(100_000, victims.span(1, 60))
              .withStragglers(0.1 * chance.fraction(), victims.span(20, 2_000));
    }
    if (chance.happens(plan.strength(Family.DUPLICATION))) {
      weather = weather.withDuplication(0.3 * chance.fraction());
    }
    if (chance.happens(plan.strength(Family.REPLAY))) {
      weather = weather.withReplay(0.2 * chance.fraction());
    }
    if (chance.happens(plan.strength(Family.CAPACITY))) {
      weather = weather.withCapacity((int) chance.between(2, 16));
    }
    return weather;
  }

  private void partition() {
    var chance = victims.chance();
    var side = new ArrayList<ValidatorId>();
    for (var node : victims.all()) {
      if (chance.happens(0.5)) {
        side.add(node.id());
      }
    }
    boolean noticed = chance.happens(0.5);
    incidents.add("partition");
    var cuts = new ArrayList<Cut>();
    for (var from : victims.all()) {
      for (var to : victims.all()) {
        if (from != to && side.contains(from.id()) != side.contains(to.id())) {
          cuts.add(new Cut(from.id(), to.id()));
        }
      }
    }
    cutFor(cuts, noticed, victims.span(50, 4_000));
  }

  /** One direction of one link. */
  private record Cut(ValidatorId from, ValidatorId to) {}

  private void cutOneWay() {
    var node = victims.one(_ -> true);
    if (node == null) {
      return;
    }
    incidents.add("one-way cut");
    boolean outgoing = victims.chance().happens(0.5);
    var cuts = new ArrayList<Cut>();
    for (var other : victims.all()) {
      if (other != node && victims.chance().happens(0.7)) {
        cuts.add(outgoing ? new Cut(node.id(), other.id()) : new Cut(other.id(), node.id()));
      }
    }
    cutFor(cuts, victims.chance().happens(0.3), victims.span(50, 3_000));
  }

  private void flap() {
    var one = victims.one(_ -> true);
    var other = victims.one(it -> it != one);
    if (one == null || other == null) {
      return;
    }
    incidents.add("flapping link");
    flap(List.of(new Cut(one.id(), other.id()), new Cut(other.id(), one.id())), 6);
  }

  private void flap(List<Cut> cuts, int times) {
    long span = victims.span(5, 300);
    cutFor(cuts, true, span);
    if (times > 1) {
      victims.agenda().after(span + victims.span(5, 300), () -> flap(cuts, times - 1));
    }
  }

  private void filter() {
    var rule = new KindRule(victims.one(_ -> true));
    incidents.add("message type filtered");
    net.add(rule);
    victims.agenda().after(victims.span(50, 3_000), () -> net.remove(rule));
  }

  private void cutFor(List<Cut> cuts, boolean noticed, long span) {
    var made = new ArrayList<Cut>();
    for (var cut : cuts) {
      if (!areSpared(cut.from(), cut.to())) {
        net.cut(cut.from(), cut.to(), noticed);
        made.add(cut);
      }
    }
    victims.agenda().after(span, () -> made.forEach(it -> net.mend(it.from(), it.to())));
  }

  private boolean areSpared(ValidatorId one, ValidatorId other) {
    return victims.isSpared(one) && victims.isSpared(other);
  }

  /** Stops what is of the type of the first frame it meets, of one sender or of all. */
  private final class KindRule implements FrameRule {
    private final @Nullable SimNode<?> sender;
    private String kind = "";

    KindRule(@Nullable SimNode<?> sender) {
      this.sender = victims.chance().happens(0.5) ? sender : null;
    }

    @Override
    public boolean passes(ValidatorId from, ValidatorId to, Bytes frame) {
      if (sender != null && !sender.id().equals(from)) {
        return true;
      }
      if (kind.isEmpty()) {
        kind = kindOf.apply(frame);
      }
      return !kindOf.apply(frame).equals(kind);
    }
  }
}
