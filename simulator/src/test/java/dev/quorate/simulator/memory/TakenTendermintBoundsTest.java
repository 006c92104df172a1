package dev.quorate.simulator.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.mutants.Mutant;
import dev.quorate.simulator.tendermint.trick.Flood;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bounds of Tendermint's engine, taken out one at a time. */
final class TakenTendermintBoundsTest {
  private static final String TENDERMINT = "dev/quorate/consensus/tendermint/";

  static Stream<Arguments> bounds() {
    return Stream.of(
        Arguments.of(votesOfAllRounds(), Flood.FUTURE_ROUNDS),
        Arguments.of(votesOfAllRounds(), Flood.JUSTIFICATIONS),
        Arguments.of(allOfTheNextHeight(), Flood.FUTURE_HEIGHTS),
        Arguments.of(allHeights(), Flood.FUTURE_HEIGHTS),
        Arguments.of(allCertificates(), Flood.CERTIFICATES),
        Arguments.of(allStatuses(), Flood.STATUSES));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("bounds")
  void whatHasNoBoundGrowsUnderTheFloodAgainstIt(Mutant boundless, Flood flood) {
    assertThat(boundless.load(TendermintDeluge.class).run(flood + " 1"))
        .isNotEqualTo(Deluge.BOUNDED);
  }

  private static Mutant votesOfAllRounds() {
    return tendermint("the votes of all rounds are kept")
        .with(
            TENDERMINT + "VoteBook.java",
            "    if (before != null && before.compareTo(round) < 0) {\n",
            "    if (before != null && before.compareTo(round) == 0) {\n");
  }

  private static Mutant allOfTheNextHeight() {
    return tendermint("all messages of the next height are kept")
        .with(
            TENDERMINT + "NextHeight.java",
            ": its.size() - proposals < KEPT_PER_PEER;",
            ": its.size() >= proposals;");
  }

  private static Mutant allHeights() {
    return tendermint("the messages of every height to come are kept")
        .with(
            TENDERMINT + "Intake.java",
            "    } else if (!height.equals(state.height().next())) {\n",
            "    } else if (nextHeight.hold(received)) {\n")
        .with(
            TENDERMINT + "NextHeight.java",
            "  /** All that was kept, in order of arrival, once. */\n",
            """
              boolean hold(Event.Received<TendermintMessage> received) {
                inOrder.add(received);
                return false;
              }

            """)
        .with(
            TENDERMINT + "TendermintFilter.java",
            "      return vote.height().equals(height.next());\n",
            "      return vote.height().isAbove(height);\n");
  }

  private static Mutant allCertificates() {
    return tendermint("every certificate that was shown is kept")
        .with(
            TENDERMINT + "Intake.java",
            "    if (!certificate.hasQuorum(state.validators)) {\n",
            "    all.add(certificate);\n    if (!certificate.hasQuorum(state.validators)) {\n")
        .with(
            TENDERMINT + "Intake.java",
            "  private final NextHeight nextHeight = new NextHeight();\n",
            """
              private final NextHeight nextHeight = new NextHeight();
              private final java.util.ArrayList<Certificate> all = new java.util.ArrayList<>();
            """);
  }

  private static Mutant allStatuses() {
    return tendermint("every status that a peer has told is kept")
        .with(
            TENDERMINT + "Exchange.java",
            "    int order = theirs.height().compareTo(state.height());\n",
            "    all.add(theirs);\n    int order = theirs.height().compareTo(state.height());\n")
        .with(
            TENDERMINT + "Exchange.java",
            "  /** Another height: whoever is behind may be helped again. */\n",
            "  private final java.util.ArrayList<Status> all = new java.util.ArrayList<>();\n\n");
  }

  private static Mutant tendermint(String name) {
    return Mutant.of("consensus-tendermint", name);
  }
}
