package dev.quorate.consensus.tendermint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.Timer;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.crypto.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One engine, c, in arbitrary traffic and through restarts: it goes on, and keeps its promises. */
final class ArbitraryTrafficTest {
  private static final int RUNS = Integer.getInteger("quorate.runs", 200);
  private static final int EVENTS = 600;

  /** 34 rounds that are kept and three to come, four messages each, and some proposals. */
  private static final int MOST_HEARD = 160;

  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void noTrafficStopsAnEngineOrMakesItBreakAPromise() {
    int highest = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      try {
        highest = Math.max(highest, new Run(seed).run());
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("seed " + seed, failure);
      }
    }
    assertThat(highest).as("decided heights").isGreaterThan(5);
  }

  private static final class Run {
    private final ArbitraryTraffic traffic;
    private final Random random;
    private final Map<SignPosition, Bytes> signed = new HashMap<>();
    private final List<Block> stored = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();
    private Replica c = Replica.fresh("c");
    private Optional<Certificate> tipCommit = Optional.empty();
    private int decided;

    Run(long seed) {
      this.traffic = new ArbitraryTraffic(seed);
      this.random = new Random(~seed);
    }

    int run() {
      look();
      for (int i = 0; i < EVENTS; i++) {
        if (random.nextInt(100) == 0) {
          restart();
        }
        if (random.nextInt(5) == 0 && !timers.isEmpty()) {
          var timer = timers.remove(random.nextInt(timers.size()));
          c.step(new Event.TimerFired<>(timer));
          look();
        }
        traffic.happens(c);
        look();
        for (var validator : Validators.FOUR.all()) {
          assertThat(c.engine().heardFrom(validator)).hasSizeLessThan(MOST_HEARD);
        }
      }
      return decided;
    }

    private void restart() {
      var tip =
          tipCommit
              .map(it -> new Restored.Tip(it.height(), it.blockId(), it.timestamp()))
              .orElse(new Restored.Tip(new Height(0), BlockId.NONE, Validators.GENESIS_TIME));
      var above = stored.stream().filter(it -> it.height().value() > decided).toList();
      timers.clear();
      c = Replica.restored("c", new Restored(c.saved(), tip, tipCommit, above));
      look();
    }

    private void look() {
      for (var effect : c.effects()) {
        switch (effect) {
          case Effect.Halt<TendermintMessage>(var reason) -> throw new AssertionError(reason);
          case Effect.Store<TendermintMessage>(var block) -> stored.add(block);
          case Effect.Commit<TendermintMessage>(var block, var certificate) -> {
            assertThat(block).isEqualTo(traffic.chain.get(decided));
            decided++;
            tipCommit = Optional.of(certificate);
          }
          case Effect.StartTimer<TendermintMessage>(var timer, _) -> {
            timers.remove(timer);
            timers.add(timer);
          }
          case Effect.CancelTimer<TendermintMessage>(var timer) -> timers.remove(timer);
          case Effect.Broadcast<TendermintMessage>(var message) ->
              message.signRequests(Validators.CHAIN).forEach(this::asked);
          case Effect.Accuse<TendermintMessage>(var first, _) ->
              assertThat(first.validator()).isNotEqualTo(c.self);
          default -> {}
        }
      }
    }

    private void asked(SignRequest request) {
      var before = signed.putIfAbsent(request.position(), request.signBytes());
      assertThat(before == null || before.equals(request.signBytes()))
          .as(request.position().toString())
          .isTrue();
    }
  }
}
