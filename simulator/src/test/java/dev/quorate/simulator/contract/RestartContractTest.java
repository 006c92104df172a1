package dev.quorate.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.EngineStatus;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an engine has promised holds over a crash at any moment. */
final class RestartContractTest {
  /** So many moments of each life are looked at. */
  private static final int MOMENTS = 80;

  static Set<String> engines() {
    return Lives.engines().keySet();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void standsWhereItStood(String engine) {
    Lives.of(engine).forEach(RestartContractTest::standsWhereItStood);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void savesTheSameBytesAsOneThatNeverCrashed(String engine) {
    Lives.of(engine).forEach(RestartContractTest::savesTheSameBytes);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void repeatsItsLastWords(String engine) {
    Lives.of(engine).forEach(RestartContractTest::repeatsItsLastWords);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void neverWantsToSignAnythingElseWhereItHasSigned(String engine) {
    Lives.of(engine).forEach(RestartContractTest::keepsItsPromises);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void comesBackTheSameFromTheSameDisk(String engine) {
    Lives.of(engine).forEach(RestartContractTest::comesBackTheSame);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aStateThatItDidNotSaveIsRefused(String engine) {
    var life = Lives.of(engine).getLast();

    refuses(life, Bytes.EMPTY);
    Damage.noise(7).subList(0, 200).forEach(it -> refuses(life, it));
  }

  /** The contract can fail. */
  @ParameterizedTest
  @MethodSource("engines")
  void anEngineThatForgetsWhatItSavedIsNoticed(String engine) {
    var life = Lives.of(engine).getLast();

    assertThatThrownBy(() -> repeatsItsLastWords(forgetful(life)))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> keepsItsPromises(forgetful(life))).isInstanceOf(AssertionError.class);
  }

  private static <M extends Message<M>> void standsWhereItStood(EngineLife<M> life) {
    var engine = life.born();
    for (int i = 0; i < life.steps().size(); i++) {
      engine.step(life.steps().get(i).event());
      if (moments(life).contains(i + 1)) {
        var revived = life.revived(i + 1);
        assertThat(revived.standing()).as("after step %d", i).isEqualTo(engine.standing());
        assertThat(revived.status()).as("after step %d", i).isEqualTo(engine.status());
      }
    }
  }

  /**
   * Both are given one more block of the chain, and save where they are then. One that never
   * crashed may know more, and deliver more at once: that is left out.
   */
  private static <M extends Message<M>> void savesTheSameBytes(EngineLife<M> life) {
    var commits = life.commits();
    int compared = 0;
    for (int moment : moments(life)) {
      var next = commits.get(life.diskAfter(moment).tip().height().next());
      if (next == null) {
        continue;
      }
      var synced = new Event.Synced<M>(next.block(), next.certificate());
      var revived = life.revived(moment);
      var _ = revived.step(new Event.Started<>());
      var expected = life.livedUntil(moment).step(synced);
      var actual = revived.step(synced);
      if (delivered(expected).equals(delivered(actual))) {
        compared++;
        assertThat(lastSaved(actual)).isPresent();
        assertThat(lastSaved(actual)).as("after step %d", moment).isEqualTo(lastSaved(expected));
      }
    }
    assertThat(compared).isGreaterThan(MOMENTS / 2);
  }

  private static <M extends Message<M>> List<Height> delivered(List<Effect<M>> effects) {
    var heights = new ArrayList<Height>();
    for (var effect : effects) {
      if (effect instanceof Effect.Commit<M>(var block, _)) {
        heights.add(block.height());
      }
    }
    return heights;
  }

  private static <M extends Message<M>> Optional<Bytes> lastSaved(List<Effect<M>> effects) {
    Optional<Bytes> saved = Optional.empty();
    for (var effect : effects) {
      if (effect instanceof Effect.Persist<M>(var state)) {
        saved = Optional.of(state.encode());
      }
    }
    return saved;
  }

  /**
   * While the leader changes, its claim; else all votes above its tip of the round that it is in.
   */
  private static <M extends Message<M>> void repeatsItsLastWords(EngineLife<M> life) {
    int repeated = 0;
    for (int moment : moments(life)) {
      var before = promisesUntil(life, moment);
      var tip = life.diskAfter(moment).tip().height();
      var revived = life.revived(moment);
      var last = lastWords(before.all().keySet(), tip, revived.status());
      var said = new Promises(life);
      said.noteSaid(revived.step(new Event.Started<>()));
      for (var position : last) {
        assertThat(said.all().get(position))
            .as("%s after step %d of %s", position, moment, life.genesis().nameOf(life.self()))
            .isEqualTo(before.all().get(position));
      }
      repeated += last.size();
    }
    assertThat(repeated).isGreaterThan(10);
  }

  /** A change of the leader has no height. */
  private static List<SignPosition> lastWords(
      Set<SignPosition> said, Height tip, EngineStatus status) {
    return said.stream()
        .filter(it -> it.round().equals(status.round()))
        .filter(it -> status.active() ? it.height().isAbove(tip) : it.height().value() == 0)
        .toList();
  }

  private static <M extends Message<M>> void keepsItsPromises(EngineLife<M> life) {
    int more = 0;
    for (int moment : moments(life)) {
      var promises = promisesUntil(life, moment);
      int before = promises.all().size();
      var after = new Afterlife<>(life, life.revived(moment), promises);
      after.start();
      after.hear(moment, 150);
      assertThat(promises.broken()).as("after step %d", moment).isEmpty();
      more += promises.all().size() - before;
    }
    assertThat(more).as("new words").isGreaterThan(MOMENTS / 2);
  }

  private static <M extends Message<M>> void comesBackTheSame(EngineLife<M> life) {
    for (int moment : moments(life)) {
      assertThat(afterlife(life, moment))
          .as("after step %d", moment)
          .isEqualTo(afterlife(life, moment));
    }
  }

  private static <M extends Message<M>> List<Object> afterlife(EngineLife<M> life, int moment) {
    var after = new Afterlife<>(life, life.revived(moment), new Promises(life));
    after.start();
    after.hear(moment, 60);
    return after.done().stream()
        .<Object>map(it -> it instanceof Effect.Persist<M>(var state) ? state.encode() : it)
        .toList();
  }

  private static <M extends Message<M>> void refuses(EngineLife<M> life, Bytes state) {
    var empty = life.diskAfter(0).restored();
    var restored =
        new Restored(Optional.of(state), empty.tip(), empty.tipCommit(), empty.undelivered());
    assertThatIllegalStateException()
        .as("%s", state)
        .isThrownBy(() -> life.provider().restore(life.context(), restored));
  }

  private static <M extends Message<M>> Promises promisesUntil(EngineLife<M> life, int moment) {
    var promises = new Promises(life);
    life.steps().subList(0, moment).forEach(it -> promises.noteWanted(it.effects()));
    assertThat(promises.broken()).isEmpty();
    return promises;
  }

  private static List<Integer> moments(EngineLife<?> life) {
    int steps = life.steps().size();
    return IntStream.rangeClosed(1, MOMENTS)
        .map(it -> (int) ((long) it * steps / MOMENTS))
        .boxed()
        .toList();
  }

  /** An engine that finds its chain, and nothing of what it saved itself. */
  private static <M extends Message<M>> EngineLife<M> forgetful(EngineLife<M> life) {
    return life.with(
        new OtherEngine<>(life.provider()) {
          @Override
          public Engine<M> restore(EngineContext context, Restored restored) {
            return super.restore(
                context,
                new Restored(
                    Optional.empty(),
                    restored.tip(),
                    restored.tipCommit(),
                    restored.undelivered()));
          }
        });
  }
}
