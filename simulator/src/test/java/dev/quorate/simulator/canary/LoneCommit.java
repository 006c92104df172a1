package dev.quorate.simulator.canary;

import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.simulator.Simulation;
import dev.quorate.simulator.net.FrameRule;
import dev.quorate.simulator.observe.Observation;
import java.time.Duration;
import java.util.List;

/**
 * One node alone delivers, and is cut off: what the others prepared, and no more, carries it over.
 * To be told only to a network that has not begun.
 */
final class LoneCommit {
  private LoneCommit() {}

  /**
   * COMMITs of view 0 reach nobody but a. Then a is cut off, the others die and come back, and no
   * vote of view 0 passes any more: they have what was on their disks when they go on without a.
   */
  static void acrossARestart(Simulation world) {
    var reading = new Reading();
    FrameRule onlyToOne =
        (_, to, frame) -> to.equals(world.id("a")) || !reading.tells(frame, VoteType.COMMIT, 0);
    FrameRule nothingMore = (_, _, frame) -> !reading.tells(frame, VoteType.PREPARE, 0);
    world
        .at(Duration.ofMillis(500), () -> world.net().add(onlyToOne))
        .at(
            Duration.ofMillis(700),
            () -> {
              world.partition("a");
              world.net().add(nothingMore);
              List.of("b", "c", "d").forEach(world::crash);
            })
        .at(Duration.ofMillis(800), () -> List.of("b", "c", "d").forEach(world::restart))
        .at(Duration.ofMillis(4_000), world::heal);
  }

  /**
   * In view 0 only a learns what is prepared, several heights of it, and is cut off. In view 1 only
   * b learns that a lower height is committed, delivers it and is cut off; a is back. What view 1
   * prepared ranks above what view 0 did, however high that is.
   */
  static void belowAnOlderCertificate(Simulation world) {
    var reading = new Reading();
    FrameRule nothingMore = (_, _, frame) -> !reading.tells(frame, VoteType.PREPARE, 1);
    var delivered = new boolean[1];
    world.listen(
        it -> {
          if (it instanceof Observation.Delivered told
              && told.commit().round().value() == 1
              && !delivered[0]) {
            delivered[0] = true;
            world.heal().partition("b");
            world.net().add(nothingMore);
          }
        });
    FrameRule prepared =
        (_, to, frame) -> to.equals(world.id("a")) || !reading.tells(frame, VoteType.PREPARE, 0);
    FrameRule committed =
        (_, to, frame) -> to.equals(world.id("b")) || !reading.tells(frame, VoteType.COMMIT, 1);
    world
        .at(Duration.ofMillis(500), () -> world.net().add(prepared))
        .at(Duration.ofMillis(500), () -> world.net().add(committed))
        .at(Duration.ofMillis(700), () -> world.partition("a"))
        .at(Duration.ofMillis(4_500), world::heal);
  }
}
