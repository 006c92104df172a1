package dev.quorate.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.Signed;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Engine#step} is a function of the events so far, and asking an engine changes nothing. */
final class PurityContractTest {
  static Set<String> engines() {
    return Lives.engines().keySet();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void equalEventsGiveEqualEffects(String engine) {
    Lives.of(engine).forEach(life -> livesAgain(life, (_, _) -> {}));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whoAsksAnEngineChangesNothing(String engine) {
    Lives.of(engine).forEach(PurityContractTest::isAsked);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aMessageThatTheFilterRefusesWouldChangeNothing(String engine) {
    Lives.of(engine).forEach(PurityContractTest::refusesWhatChangesNothing);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void deliversInOrderOfHeightAndStandsWhereItHasDelivered(String engine) {
    Lives.of(engine).forEach(PurityContractTest::standsWhereItHasDelivered);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whatItHeardFromAValidatorIsSignedByItAndBounded(String engine) {
    Lives.of(engine).forEach(PurityContractTest::remembersWhatWasSigned);
  }

  /** The contract can fail. */
  @ParameterizedTest
  @MethodSource("engines")
  void anEngineThatDoesSomethingElseTheSecondTimeIsNoticed(String engine) {
    assertThatThrownBy(() -> livesAgain(moody(Lives.of(engine).getLast()), (_, _) -> {}))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("step");
  }

  /** A second engine goes through the same, with something done to it before each step. */
  private static <M extends Message<M>> void livesAgain(
      EngineLife<M> life, BiConsumer<Engine<M>, Integer> before) {
    var engine = life.born();
    for (int i = 0; i < life.steps().size(); i++) {
      var step = life.steps().get(i);
      before.accept(engine, i);
      assertThat(comparable(engine.step(step.event())))
          .as("step %d: %s", i, step.event())
          .isEqualTo(comparable(step.effects()));
    }
    assertThat(life.steps()).hasSizeGreaterThan(200);
  }

  /** States have no equality of their own. */
  private static <M extends Message<M>> List<Object> comparable(List<Effect<M>> effects) {
    return effects.stream()
        .<Object>map(it -> it instanceof Effect.Persist<M>(var state) ? state.encode() : it)
        .toList();
  }

  private static <M extends Message<M>> void isAsked(EngineLife<M> life) {
    livesAgain(life, (it, _) -> askAll(life, it));
  }

  private static <M extends Message<M>> void askAll(EngineLife<M> life, Engine<M> engine) {
    assertThat(engine.status().height()).isNotNull();
    assertThat(engine.standing()).isEqualTo(engine.standing());
    var filter = engine.filter();
    life.specimens(1).forEach(filter::wants);
    life.genesis().validators().forEach(it -> engine.heardFrom(it.id()));
  }

  /**
   * Right after each message that came, others of the same peer are shown to it that came earlier
   * or are still to come: that the peer is there, and how late it is, is known by then. Not of
   * delivered heights: who is behind may be told so.
   */
  private static <M extends Message<M>> void refusesWhatChangesNothing(EngineLife<M> life) {
    var messages = life.heard();
    var refused = new int[1];
    livesAgain(
        life,
        (engine, i) -> {
          if (i > 0
              && life.steps().get(i - 1).event()
                  instanceof Event.Received<M>(var last, var receivedAt)) {
            for (int shown = 0; shown < 4; shown++) {
              var message = messages.get((7 * i + 31 * shown) % messages.size());
              if (message.from().equals(last.from())
                  && !message.from().equals(life.self())
                  && !isOfDeliveredHeight(life, message.message(), engine)
                  && !engine.filter().wants(message.message())) {
                refused[0]++;
                assertThat(engine.step(new Event.Received<>(message, receivedAt)))
                    .as("what %s does before step %d", message, i)
                    .allMatch(it -> it instanceof Effect.Ignored<M>);
              }
            }
          }
        });
    assertThat(refused[0]).isGreaterThan(20);
  }

  private static <M extends Message<M>> boolean isOfDeliveredHeight(
      EngineLife<M> life, M message, Engine<M> engine) {
    var checks = message.signatureChecks(life.genesis().chainId());
    return !checks.isEmpty()
        && checks.stream()
            .noneMatch(it -> it.position().height().compareTo(engine.status().height()) >= 0);
  }

  private static <M extends Message<M>> void standsWhereItHasDelivered(EngineLife<M> life) {
    var engine = life.born();
    var disk = Disk.<M>empty(life.genesis());
    assertThat(engine.status().height()).isEqualTo(life.genesis().initialHeight());
    for (var step : life.steps()) {
      disk.write(engine.step(step.event()));
      assertThat(engine.status().height()).isEqualTo(disk.tip().height().next());
      assertThat(engine.standing().committed()).isEqualTo(disk.tip().height());
    }
    assertThat(disk.tip().height().value()).isGreaterThan(20);
  }

  private static <M extends Message<M>> void remembersWhatWasSigned(EngineLife<M> life) {
    var engine = life.born();
    var verifier = life.verifier();
    long remembered = 0;
    for (int i = 0; i < life.steps().size(); i++) {
      engine.step(life.steps().get(i).event());
      if (i % 50 != 0) {
        continue;
      }
      for (var validator : life.genesis().validators()) {
        var heard = engine.heardFrom(validator.id());
        assertThat(heard.size()).isLessThan(1_000);
        for (M message : heard) {
          remembered++;
          assertThat(message.signRequests(life.genesis().chainId())).isEmpty();
          assertThat(message.signatureChecks(life.genesis().chainId()))
              .anyMatch(it -> it.signer().equals(validator.id()));
          assertThat(verifier.verify(life.self(), message).map(Signed::message)).contains(message);
        }
      }
    }
    assertThat(remembered).isPositive();
  }

  /** An engine that keeps the second half of its life to itself. */
  private static <M extends Message<M>> EngineLife<M> moody(EngineLife<M> life) {
    var steps = new int[1];
    return life.with(
        new OtherEngine<>(life.provider()) {
          @Override
          public Engine<M> restore(EngineContext context, Restored restored) {
            return new Mood<>(
                super.restore(context, restored),
                effects -> ++steps[0] > life.steps().size() / 2 ? List.of() : effects);
          }
        });
  }
}
