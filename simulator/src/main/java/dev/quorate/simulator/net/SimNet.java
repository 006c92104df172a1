package dev.quorate.simulator.net;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.clock.Agenda;
import dev.quorate.simulator.clock.Chance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A directed link between every two nodes, each with its own weather, and cuts across them.
 *
 * <p>Frames come from whom they say, or not at all: that much the transport promises. Everything
 * else happens to them.
 */
public final class SimNet {
  private final Agenda agenda;
  private final Chance chance;
  private final Receiver receiver;
  private final Map<ValidatorId, Map<ValidatorId, Link>> links = new LinkedHashMap<>();
  private final List<FrameRule> rules = new ArrayList<>();
  private final NetCounts counts = new NetCounts();
  private Set<ValidatorId> core = Set.of();

  /** Where frames and news of links arrive. */
  public interface Receiver {
    /** A frame is there. */
    void arrived(ValidatorId from, ValidatorId to, Bytes frame);

    /** A node can, or cannot any more, reach a peer, as far as its transport notices. */
    void linkChanged(ValidatorId node, ValidatorId peer, boolean connected);
  }

  /** All links are calm. */
  public SimNet(Collection<ValidatorId> nodes, Agenda agenda, Chance chance, Receiver receiver) {
    this.agenda = agenda;
    this.chance = chance;
    this.receiver = receiver;
    for (var from : nodes) {
      var row = new LinkedHashMap<ValidatorId, Link>();
      for (var to : nodes) {
        if (!to.equals(from)) {
          row.put(to, new Link(from, to));
        }
      }
      links.put(from, row);
    }
  }

  public NetCounts counts() {
    return counts;
  }

  /** Sends one frame on its way; what becomes of it is not the sender's to know. */
  public void send(ValidatorId from, ValidatorId to, Bytes frame) {
    counts.sent++;
    var link = link(from, to);
    if (link.isCut()) {
      counts.cut++;
      return;
    }
    if (isStopped(from, to, frame)) {
      counts.filtered++;
      return;
    }
    var weather = link.weather;
    if (weather.replay() > 0) {
      link.remember(frame, chance.nextLong());
    }
    if (weather.loss() > 0 && chance.happens(weather.loss())) {
      counts.lost++;
      return;
    }
    fly(link, frame);
    if (weather.duplication() > 0 && chance.happens(weather.duplication())) {
      counts.doubled++;
      fly(link, frame);
    }
    if (weather.replay() > 0 && chance.happens(weather.replay())) {
      replay(link);
    }
  }

  /** Whether the sender's transport knows of no cut, which may be there all the same. */
  public boolean seemsOpen(ValidatorId from, ValidatorId to) {
    return !link(from, to).noticed;
  }

  /** Changes the weather of all links. */
  public void weather(UnaryOperator<Weather> change) {
    for (var row : links.values()) {
      for (var link : row.values()) {
        link.weather = change.apply(link.weather);
      }
    }
  }

  /** Changes the weather of one link. */
  public void weather(ValidatorId from, ValidatorId to, UnaryOperator<Weather> change) {
    var link = link(from, to);
    link.weather = change.apply(link.weather);
  }

  /** Stops frames until the rule is removed. */
  public void add(FrameRule rule) {
    rules.add(rule);
  }

  public void remove(FrameRule rule) {
    rules.remove(rule);
  }

  /**
   * Nothing passes from one node to another until {@link #mend}; cuts add up.
   *
   * @param noticed whether the sender's transport notices it, or frames vanish in silence
   */
  public void cut(ValidatorId from, ValidatorId to, boolean noticed) {
    var link = link(from, to);
    link.cuts++;
    if (noticed && !link.noticed) {
      link.noticed = true;
      receiver.linkChanged(from, to, false);
    }
  }

  /** Takes one cut back; at the last one the nodes find each other again. */
  public void mend(ValidatorId from, ValidatorId to) {
    var link = link(from, to);
    if (link.cuts > 0 && --link.cuts == 0) {
      link.noticed = false;
      agenda.after(
          chance.between(1_000_000, 50_000_000),
          () -> {
            if (!link.isCut()) {
              receiver.linkChanged(from, to, true);
            }
          });
    }
  }

  /** From now on links among these nodes are calm and open, and no rule stops what passes them. */
  public void heal(Collection<ValidatorId> core) {
    for (var from : core) {
      for (var to : core) {
        if (!from.equals(to)) {
          var link = link(from, to);
          link.weather = Weather.CALM;
          link.cuts = Math.min(link.cuts, 1);
          mend(from, to);
        }
      }
    }
    this.core = Set.copyOf(core);
  }

  private boolean isStopped(ValidatorId from, ValidatorId to, Bytes frame) {
    if (rules.isEmpty() || (core.contains(from) && core.contains(to))) {
      return false;
    }
    for (var rule : rules) {
      if (!rule.passes(from, to, frame)) {
        return true;
      }
    }
    return false;
  }

  private void replay(Link link) {
    var old = link.old(chance.nextLong());
    if (old != null) {
      counts.replayed++;
      fly(link, old);
    }
  }

  private void fly(Link link, Bytes frame) {
    var weather = link.weather;
    if (link.inFlight >= weather.capacity()) {
      counts.overflown++;
      return;
    }
    long delay = weather.leastDelay() + chance.between(0, weather.spread());
    if (weather.stragglers() > 0 && chance.happens(weather.stragglers())) {
      delay += (long) chance.exponential((double) weather.tail());
    }
    link.inFlight++;
    agenda.after(
        delay,
        () -> {
          link.inFlight--;
          receiver.arrived(link.from, link.to, frame);
        });
  }

  private Link link(ValidatorId from, ValidatorId to) {
    var row = links.get(from);
    var link = row == null ? null : row.get(to);
    if (link == null) {
      throw new IllegalArgumentException("no link from " + from + " to " + to);
    }
    return link;
  }
}
