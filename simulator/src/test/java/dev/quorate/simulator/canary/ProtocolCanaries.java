package dev.quorate.simulator.canary;

import dev.quorate.mutants.Mutant;
import java.util.List;
import java.util.Optional;

/** Sins against the protocol: in the engine, and in the arithmetic of quorums below it. */
final class ProtocolCanaries {
  private static final String PBFT = "dev/quorate/consensus/pbft/";
  private static final String NORMAL_CASE = PBFT + "NormalCase.java";
  private static final String STATE = PBFT + "ReplicaState.java";
  private static final String VOTE_BOOK = PBFT + "VoteBook.java";
  private static final String CHANGER = PBFT + "ViewChanger.java";
  private static final String INTAKE = PBFT + "Intake.java";

  private ProtocolCanaries() {}

  static List<Canary> all() {
    return List.of(
        new Canary(quorumOneShort(), "O1", PbftCourse.HALVES, 1, 3),
        new Canary(quorumOneShort(), "O4", PbftCourse.CALM, 1, 3),
        new Canary(voteCountedTwice(), "O4", PbftCourse.LOSSES, 4, 8),
        new Canary(newViewIgnoresCertificates(), "O1", PbftCourse.LONE_COMMIT, 1, 3),
        new Canary(forgetPreparedCertificate(), "O1", PbftCourse.LONE_COMMIT, 1, 3),
        new Canary(rankByHeight(), "O1", PbftCourse.OLDER_CERTIFICATE, 1, 3),
        new Canary(forgetPendingView(), "O14", PbftCourse.HALVES, 1, 3),
        new Canary(commitAfterViewChange(), "O23", PbftCourse.SLOW, 1, 3),
        new Canary(forgetPrepares(), "O14", PbftCourse.LONE_COMMIT, 1, 3),
        new Canary(forgetPrepares(), "O23", PbftCourse.FUSES, 1, 8),
        new Canary(outOfReach(), "O23", PbftCourse.CALM, 1, 3),
        new Canary(viewChangesSentOnce(), "O15", PbftCourse.HALVES, 1, 3),
        new Canary(
            commitAfterViewChange(),
            Optional.of(ReplicaCanaries.guardRefusesNothing()),
            "O7",
            PbftCourse.SLOW,
            1,
            3),
        new Canary(commitByBase(), "O7", PbftCourse.LONE_COMMIT, 1, 3),
        new Canary(newViewIgnoresCertificates(), "O8", PbftCourse.LONE_COMMIT, 1, 3),
        new Canary(timerForTheSameViewOnly(), "O15", PbftCourse.SCATTERED, 1, 3),
        new Canary(timerWithoutBound(), "O16", PbftCourse.LOW_BOUND, 1, 3),
        new Canary(inactiveForEver(), "O18", PbftCourse.ALL_DOWN, 1, 3));
  }

  static Mutant quorumOneShort() {
    return Mutant.of("consensus-core", "a quorum is one short")
        .with(
            "dev/quorate/consensus/core/validators/ValidatorSet.java",
            "return 3 * power > 2 * totalPower;",
            "return 3 * (power + 1) > 2 * totalPower;");
  }

  private static Mutant voteCountedTwice() {
    return pbft("a vote that comes twice counts twice")
        .with(
            VOTE_BOOK,
            "      if (earlier.vote().round().equals(vote.round())) {\n",
            """
                  if (earlier.vote().round().equals(vote.round())) {
                    if (tallies.containsKey(ballotOf(signed))) {
                      tallies.get(ballotOf(signed)).power += validators.powerOf(voter);
                    }
            """);
  }

  private static Mutant newViewIgnoresCertificates() {
    return pbft("a new view begins at the primary's last delivered block, whatever was prepared")
        .with(
            PBFT + "NewViewMaker.java",
            "return usable().stream().flatMap(it -> it.high().stream()).max("
                + "Comparator.comparing(Rank::of));",
            "return Optional.empty();")
        .with(
            PBFT + "NewViewRules.java",
            "return certificateFault(message, highest, state);",
            "return Optional.empty();");
  }

  private static Mutant rankByHeight() {
    return pbft("certificates rank by height first")
        .with(
            PBFT + "message/Rank.java",
            "comparingInt(Rank::view).thenComparingLong(Rank::height)",
            "comparingLong(Rank::height).thenComparingInt(Rank::view)");
  }

  private static Mutant forgetPreparedCertificate() {
    return pbft("the prepared certificate is forgotten at restart")
        .with(STATE, "    high = saved.high().orElse(null);\n", "");
  }

  private static Mutant forgetPendingView() {
    return pbft("a restart brings the last active view back, not the pending one")
        .with(STATE, "pending = saved.pending();", "pending = saved.view();")
        .with(STATE, "active = saved.active();", "active = true;");
  }

  private static Mutant commitAfterViewChange() {
    return pbft("COMMIT after one's own VIEW-CHANGE")
        .with(
            NORMAL_CASE,
            "if (!state.isActive() || !View.of(certificate.round()).equals(state.view())) {",
            "if (!View.of(certificate.round()).equals(state.view())) {")
        .with(
            NORMAL_CASE,
            "if (state.isActive() && View.of(certificate.round()).equals(state.view())) {",
            "if (View.of(certificate.round()).equals(state.view())) {")
        .with(
            STATE,
            "  SignedVote commit(Candidate candidate) {\n    mustBeActive();\n",
            "  SignedVote commit(Candidate candidate) {\n");
  }

  private static Mutant forgetPrepares() {
    return pbft("one's PREPAREs are forgotten at restart")
        .with(STATE, "    saved.prepares().forEach(prepares::add);\n", "")
        .with(STATE, "preparedTip = saved.preparedTip();", "preparedTip = saved.base();");
  }

  private static Mutant outOfReach() {
    return pbft("a vote for any height is believed to be within reach")
        .with(
            INTAKE,
            """
                if (!window.contains(height)) {
                  state.ignore(from, "vote out of reach");
                  return;
                }
            """,
            "");
  }

  private static Mutant viewChangesSentOnce() {
    return pbft("VIEW-CHANGEs are never sent again")
        .with(
            CHANGER,
            "    resending = false;\n    state.claim().ifPresent(state.out::broadcast);\n",
            "    resending = false;\n")
        .with(CHANGER, "if (state.pending().isAbove(theirs.pending())) {", "if (false) {");
  }

  private static Mutant commitByBase() {
    return pbft("COMMIT for ancestors on the strength of the NEW-VIEW's base")
        .with(
            NORMAL_CASE,
            "    tip.ifPresent(it -> out.broadcast(new Prepare(state.prepareTip(it))));",
            """
                tip.ifPresent(it -> out.broadcast(new Prepare(state.prepareTip(it))));
                if (tip.isPresent()
                    && window.chainTo(state.base(), state.committed())
                        instanceof Chain.Complete(var blocks)) {
                  for (var below : blocks) {
                    if (!below.ref().equals(state.base())
                        && !state.commits().hasVoted(below.block().height(), state.view())) {
                      out.broadcast(new Commit(state.commit(below)));
                    }
                  }
                }
            """);
  }

  private static Mutant timerForTheSameViewOnly() {
    return pbft("the view's timer waits for a quorum that wants this very view")
        .with(
            PBFT + "ViewChangeBook.java",
            "return (message != null && !view.isAbove(message.claim().newView()))",
            "return (message != null && view.equals(message.claim().newView()))")
        .with(
            PBFT + "ViewChangeBook.java",
            "|| (heard != null && !view.isAbove(heard));",
            "|| view.equals(heard);");
  }

  private static Mutant timerWithoutBound() {
    return pbft("T(v) doubles without a bound")
        .with(
            PBFT + "PbftParameters.java",
            "return Duration.ofMillis(Math.min(millis, longestTimeout.toMillis()));",
            "return Duration.ofMillis(millis);");
  }

  private static Mutant inactiveForEver() {
    return pbft("who comes back from its disk takes part in no view that was")
        .with(STATE, "active = saved.active();", "active = false;");
  }

  private static Mutant pbft(String name) {
    return Mutant.of("consensus-pbft", name);
  }
}
