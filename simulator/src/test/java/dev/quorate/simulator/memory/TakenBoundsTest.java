package dev.quorate.simulator.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.mutants.Mutant;
import dev.quorate.simulator.pbft.trick.Flood;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** O21's canaries: each takes one bound out of the real code, and the flood against it shows. */
final class TakenBoundsTest {
  private static final String PBFT = "dev/quorate/consensus/pbft/";
  private static final String REPLICA = "dev/quorate/replica/";

  static Stream<Arguments> bounds() {
    return Stream.of(
        Arguments.of(votesOfAllViews(), Flood.FUTURE_VIEWS),
        Arguments.of(allHeights(), Flood.FUTURE_HEIGHTS),
        Arguments.of(allAccusations(), Flood.MAXIMAL_NUMBERS),
        Arguments.of(allClaims(), Flood.CLAIMS),
        Arguments.of(allSignatures(), Flood.CLAIMS),
        Arguments.of(allCertificates(), Flood.CERTIFICATES),
        Arguments.of(allStatuses(), Flood.STATUSES),
        Arguments.of(allRequests(), Flood.FETCHES),
        Arguments.of(endlessPool(), Flood.TRANSACTIONS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bounds")
  void whatHasNoBoundGrowsUnderTheFloodAgainstIt(Mutant boundless, Flood flood) {
    assertThat(boundless.load(PbftDeluge.class).run(flood + " 1")).isNotEqualTo(Deluge.BOUNDED);
  }

  private static Mutant votesOfAllViews() {
    return pbft("the votes of all views are kept")
        .with(
            PBFT + "VoteBook.java",
            "if (own.size() == VIEWS_KEPT && !makeRoom(own, vote.round())) {",
            "if (own.size() < 0 && !makeRoom(own, vote.round())) {");
  }

  private static Mutant allHeights() {
    return pbft("every height is within reach of proposals and votes")
        .with(
            PBFT + "SlotWindow.java",
            "return height.isAbove(low) && !height.isAbove(low.plus(lookahead));",
            "return height.isAbove(low);")
        .with(
            PBFT + "PbftFilter.java",
            "return height.isAbove(low) && !height.isAbove(low.plus(lookahead));",
            "return height.isAbove(low);");
  }

  private static Mutant allAccusations() {
    return replica("every accusation is kept")
        .with(
            REPLICA + "Runner.java",
            "if (accusations.size() >= Replica.MAX_ACCUSATIONS) {",
            "if (accusations.size() < 0) {");
  }

  private static Mutant allClaims() {
    return pbft("every claim that anybody made is kept")
        .with(
            PBFT + "ViewChangeBook.java",
            "    latest.put(claimant, message);\n",
            "    latest.put(claimant, message);\n    all.add(message);\n")
        .with(
            PBFT + "ViewChangeBook.java",
            "  private final Map<ValidatorId, View> claimed",
            "  private final List<ViewChange> all = new ArrayList<>(); "
                + "private final Map<ValidatorId, View> claimed");
  }

  private static Mutant allSignatures() {
    return Mutant.of("consensus-core", "no signature that was valid is forgotten")
        .with(
            "dev/quorate/consensus/core/VerifiedSignatures.java",
            "    if (young.size() >= GENERATION) {\n      turnOver();",
            "    if (young.size() < 0) {\n      turnOver();");
  }

  private static Mutant allCertificates() {
    return pbft("every certificate that was shown is kept")
        .with(
            PBFT + "Intake.java",
            "    if (!certificate.hasQuorum(state.validators)) {\n",
            "    all.add(certificate);\n    if (!certificate.hasQuorum(state.validators)) {\n")
        .with(
            PBFT + "Intake.java",
            "  private final Tickets tickets;\n",
            """
              private final Tickets tickets;
              private final java.util.ArrayList<Certificate> all = new java.util.ArrayList<>();
            """);
  }

  private static Mutant allStatuses() {
    return pbft("every status that a peer has told is kept")
        .with(
            PBFT + "StatusExchange.java",
            "    catchUp(from, theirs.committed());\n",
            "    all.add(theirs);\n    catchUp(from, theirs.committed());\n")
        .with(
            PBFT + "StatusExchange.java",
            "  private Height committedAtLastBeat;\n",
            "  private Height committedAtLastBeat;\n"
                + "  private final java.util.ArrayList<Status> all = new"
                + " java.util.ArrayList<>();\n");
  }

  private static Mutant allRequests() {
    return replica("who asked for blocks is noted for each request")
        .with(
            REPLICA + "sync/SyncServer.java",
            "    boolean granted = bytes > 0;\n",
            "    boolean granted = bytes > 0;\n    all.add(before);\n")
        .with(
            REPLICA + "sync/SyncServer.java",
            "  private final Map<ValidatorId, Allowance> allowances = new HashMap<>();\n",
            """
              private final Map<ValidatorId, Allowance> allowances = new HashMap<>();
              private final ArrayList<Allowance> all = new ArrayList<>();
            """);
  }

  private static Mutant endlessPool() {
    return replica("the pool takes what it has no room for")
        .with(
            REPLICA + "pool/Mempool.java",
            "if (entries.size() >= maxTransactions || bytes + length > maxBytes) {",
            "if (entries.size() < 0) {");
  }

  private static Mutant pbft(String name) {
    return Mutant.of("consensus-pbft", name);
  }

  private static Mutant replica(String name) {
    return Mutant.of("replica", name);
  }
}
