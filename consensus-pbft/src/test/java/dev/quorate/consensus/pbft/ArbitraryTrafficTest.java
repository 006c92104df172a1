package dev.quorate.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.ViewChange;
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
class ArbitraryTrafficTest {
  private static final int RUNS = Integer.getInteger("quorate.runs", 200);
  private static final int EVENTS = 600;

  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void noTrafficStopsAnEngineOrMakesItBreakAPromise() {
    for (int seed = 0; seed < RUNS; seed++) {
      try {
        new Run(seed).run();
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("seed " + seed, failure);
      }
    }
  }

  /** What a position in the protocol is: at most one block is voted for in it. */
  private record Position(Class<?> type, int view, Height height) {}

  private static final class Run {
    private final ArbitraryTraffic traffic;
    private final Random random;
    private final Map<Position, BlockId> votes = new HashMap<>();
    private final List<Block> stored = new ArrayList<>();
    private Replica c = Replica.fresh("c");
    private Optional<Bytes> saved = Optional.empty();
    private Optional<Certificate> tipCommit = Optional.empty();
    private int delivered;
    private int left;

    Run(long seed) {
      this.traffic = new ArbitraryTraffic(seed);
      this.random = new Random(~seed);
    }

    void run() {
      look();
      for (int i = 0; i < EVENTS; i++) {
        if (random.nextInt(100) == 0) {
          restart();
        }
        traffic.happens(c, delivered);
        look();
      }
    }

    private void restart() {
      var tip =
          tipCommit
              .map(it -> new Restored.Tip(it.height(), it.blockId(), it.timestamp()))
              .orElse(new Restored.Tip(new Height(0), BlockId.NONE, Validators.GENESIS_TIME));
      var above = stored.stream().filter(it -> it.height().value() > delivered).toList();
      c = Replica.restored("c", new Restored(saved, tip, tipCommit, above));
      look();
    }

    private void look() {
      var effects = c.effects();
      saved = Replica.lastState(effects).or(() -> saved);
      for (var effect : effects) {
        switch (effect) {
          case Effect.Halt<PbftMessage>(var reason) -> throw new AssertionError(reason);
          case Effect.Store<PbftMessage>(var block) -> stored.add(block);
          case Effect.Commit<PbftMessage>(var block, var certificate) -> {
            assertThat(block).isEqualTo(traffic.chain.get(delivered));
            delivered++;
            tipCommit = Optional.of(certificate);
          }
          case Effect.Broadcast<PbftMessage>(var message) -> said(message);
          default -> {}
        }
      }
    }

    private void said(PbftMessage message) {
      switch (message) {
        case PrePrepare it -> voted(Prepare.class, it.prepare());
        case Prepare it -> voted(Prepare.class, it.vote());
        case Commit it -> voted(Commit.class, it.vote());
        case NewView it -> it.tip().ifPresent(tip -> voted(Prepare.class, tip));
        case ViewChange it -> {
          assertThat(it.claim().newView().value()).isGreaterThanOrEqualTo(left);
          left = it.claim().newView().value();
        }
        case Status it -> assertThat(it.slots()).hasSizeLessThanOrEqualTo(10);
        default -> {}
      }
    }

    private void voted(Class<?> type, SignedVote signed) {
      Vote vote = signed.vote();
      assertThat(vote.round().value()).isGreaterThanOrEqualTo(left);
      var position = new Position(type, vote.round().value(), vote.height());
      var before = votes.putIfAbsent(position, vote.blockId());
      assertThat(before == null || before.equals(vote.blockId())).isTrue();
    }
  }
}
