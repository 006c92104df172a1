package dev.quorate.simulator.canary;

import dev.quorate.mutants.Mutant;
import java.util.List;
import java.util.Optional;

/** Sins against Tendermint: in its engine, and in the arithmetic of quorums below it. */
final class TendermintCanaries {
  private static final String TENDERMINT = "dev/quorate/consensus/tendermint/";
  private static final String ALGORITHM = TENDERMINT + "Algorithm1.java";
  private static final String STATE = TENDERMINT + "RoundState.java";
  private static final String TALLY = TENDERMINT + "Tally.java";
  private static final String EXCHANGE = TENDERMINT + "Exchange.java";
  private static final String PROPOSING = TENDERMINT + "Proposing.java";
  private static final String PARAMETERS = TENDERMINT + "TendermintParameters.java";

  private TendermintCanaries() {}

  static List<Canary> all() {
    return List.of(
        new Canary(ProtocolCanaries.quorumOneShort(), "O1", TendermintCourse.SPLIT, 1, 3),
        new Canary(ProtocolCanaries.quorumOneShort(), "O4", TendermintCourse.QUIET, 1, 3),
        new Canary(freshProposalAgainstTheLock(), "O6", TendermintCourse.HIDDEN_LOCK, 1, 3),
        new Canary(olderPolkaFreesTheLock(), "O6", TendermintCourse.TWO_LOCKS, 1, 3),
        new Canary(nilPolkaUnlocks(), "O6", TendermintCourse.LOCK_AND_NIL, 1, 3),
        new Canary(lockForgotten(), "O6", TendermintCourse.LOCK_RESTARTED, 1, 3),
        new Canary(validBlockForgotten(), "O6", TendermintCourse.VALID_RESTARTED, 1, 3),
        new Canary(freshInsteadOfValid(), "O6", TendermintCourse.VALID_RESTARTED, 1, 3),
        new Canary(weakQuorumIsEnough(), "O7", TendermintCourse.QUIET, 1, 3),
        new Canary(skipAtOneVote(), "O7", TendermintCourse.HASTY, 1, 3),
        new Canary(freshProposalAgainstTheLock(), "O8", TendermintCourse.OPEN_DECISION, 1, 3),
        new Canary(roundsNotSkipped(), "O15", TendermintCourse.LEFT_BEHIND, 1, 3),
        new Canary(polkasNotPassedOn(), "O15", TendermintCourse.NEEDED_LOCK, 1, 3),
        new Canary(latePolkaForgotten(), "O16", TendermintCourse.LITTLE_LOCK, 1, 3),
        new Canary(timeoutsDoNotGrow(), "O16", TendermintCourse.LOCK_AND_NIL, 1, 3),
        new Canary(timeoutsWithoutBound(), "O16", TendermintCourse.EARLY_BOUND, 1, 3),
        new Canary(votesNotSaved(), "O23", TendermintCourse.PREVOTE_RESTARTED, 1, 3),
        new Canary(
            votesNotSaved(),
            Optional.of(ReplicaCanaries.guardRefusesNothing()),
            "O5",
            TendermintCourse.PREVOTE_RESTARTED,
            1,
            3));
  }

  private static Mutant freshProposalAgainstTheLock() {
    return tendermint("L23: a fresh proposal is prevoted against the lock")
        .with(
            ALGORITHM,
            "!first.get().timely() || isLockedOnOther(proposal.block());",
            "!first.get().timely();");
  }

  private static Mutant olderPolkaFreesTheLock() {
    return tendermint("L29: a polka older than the lock frees it")
        .with(ALGORITHM, "if (lockIsLater && isLockedOnOther(block)) {", "if (false) {");
  }

  private static Mutant nilPolkaUnlocks() {
    return tendermint("a nil polka releases the lock")
        .with(
            ALGORITHM,
            "    return state.step() == Step.PREVOTE && hopeless && precommitNil();",
            """
                if (state.step() != Step.PREVOTE || !hopeless) {
                  return false;
                }
                state.unlock();
                return precommitNil();\
            """)
        .with(
            STATE,
            "  /** L38-39. */",
            "  void unlock() {\n    locked = null;\n  }\n\n  /** L38-39. */");
  }

  private static Mutant lockForgotten() {
    return tendermint("the lock is forgotten at a restart")
        .with(STATE, "    locked = saved.locked().orElse(null);\n", "");
  }

  private static Mutant validBlockForgotten() {
    return tendermint("the valid block and its polka are forgotten at a restart")
        .with(STATE, "    valid = saved.valid().orElse(null);\n", "")
        .with(STATE, "    polka = saved.polka().orElse(null);\n", "")
        .with(STATE, "    saved.polka().ifPresent(votes::add);\n", "");
  }

  private static Mutant freshInsteadOfValid() {
    return tendermint("L15: a fresh block is proposed although one is valid")
        .with(PROPOSING, "if (valid.isPresent()) {", "if (false) {");
  }

  private static Mutant weakQuorumIsEnough() {
    return tendermint("a weak quorum of votes is enough")
        .with(
            TALLY,
            "if (!entry.getKey().isNil() && validators.isQuorum(entry.getValue())) {",
            "if (!entry.getKey().isNil() && validators.isWeakQuorum(entry.getValue())) {");
  }

  private static Mutant skipAtOneVote() {
    return tendermint("L55: one vote of a later round is enough to go there")
        .with(
            TENDERMINT + "VoteBook.java",
            "if (validators.isWeakQuorum(entry.getValue().voters())) {",
            "if (!entry.getValue().isEmpty()) {");
  }

  private static Mutant roundsNotSkipped() {
    return tendermint("L55: no round is ever skipped")
        .with(
            ALGORITHM,
            "var ahead = state.votes().weakQuorumAhead();",
            "var ahead = state.votes().weakQuorumAhead().filter(it -> it.value() < 0);");
  }

  private static Mutant polkasNotPassedOn() {
    return tendermint("the polka of the valid block is passed on to nobody")
        .with(
            EXCHANGE,
            "    state.polka().ifPresent("
                + "it -> state.out.broadcast(new CertificateMessage(it)));\n",
            "")
        .with(PROPOSING, "      state.out.broadcast(new CertificateMessage(polka));\n", "");
  }

  private static Mutant latePolkaForgotten() {
    return tendermint("a polka of a round that was left makes no block valid")
        .with(ALGORITHM, "        || upon36Late()\n", "");
  }

  private static Mutant timeoutsDoNotGrow() {
    return tendermint("timeouts do not grow with the round")
        .with(
            PARAMETERS,
            "first.toMillis() + round.value() * perRound.toMillis();",
            "first.toMillis();");
  }

  private static Mutant timeoutsWithoutBound() {
    return tendermint("timeouts grow without a bound")
        .with(
            PARAMETERS,
            "return Duration.ofMillis(Math.min(millis, longest.toMillis()));",
            "return Duration.ofMillis(millis);");
  }

  private static Mutant votesNotSaved() {
    return tendermint("a vote leaves before it is saved")
        .with(
            STATE,
            """
              private SignedVote unsigned(VoteType type, @Nullable Candidate candidate) {
                dirty = true;
            """,
            """
              private SignedVote unsigned(VoteType type, @Nullable Candidate candidate) {
            """);
  }

  private static Mutant tendermint(String name) {
    return Mutant.of("consensus-tendermint", name);
  }
}
