package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.explorer.Sin;
import dev.quorate.mutants.Mutant;
import java.util.List;

/** Small deviations from the rules, put back into the real code one at a time. */
final class Sins {
  private static final String TENDERMINT = "dev/quorate/consensus/tendermint/";
  private static final String ALGORITHM = TENDERMINT + "Algorithm1.java";
  private static final String PROPOSING = TENDERMINT + "Proposing.java";
  private static final String STATE = TENDERMINT + "RoundState.java";
  private static final String TALLY = TENDERMINT + "Tally.java";
  private static final String VOTE_BOOK = TENDERMINT + "VoteBook.java";

  static final List<Sin> ALL =
      List.of(
          new Sin(freshProposalAgainstTheLock(), Rule.LOCK, 0),
          new Sin(oldPolkaFreesTheLock(), Rule.LOCK, 2_100),
          new Sin(nilPolkaUnlocks(), Rule.LOCK, 0),
          new Sin(lockForgotten(), Rule.LOCK, 0),
          new Sin(polkaOfAnyRoundFrees(), Rule.LOCK, 400),
          new Sin(quorumOneShort(), Rule.AGREEMENT, 0),
          new Sin(weakQuorumIsAPolka(), Rule.PRECOMMIT_HAS_POLKA, 0),
          new Sin(roundsMixed(), Rule.PRECOMMIT_HAS_POLKA, 0),
          new Sin(voteCountedTwice(), Rule.TRUE_CERTIFICATES, 0),
          new Sin(polkaDecides(), Rule.DELIVERY, 0),
          new Sin(validValueForgotten(), Rule.VALID_VALUE, 400),
          new Sin(freshBlockInsteadOfTheValidOne(), Rule.VALID_VALUE, 0),
          new Sin(ownProposalForgotten(), Rule.ONE_VOTE, 4_400),
          new Sin(prevoteForgotten(), Rule.ONE_VOTE, 0),
          new Sin(precommitForgotten(), Rule.ONE_VOTE, 0),
          new Sin(votesUnsaved(), Rule.ONE_VOTE, 0),
          new Sin(bodyUnsaved(), Rule.BODY_IS_STORED, 0),
          new Sin(prevoteUnjudged(), Rule.VALIDITY, 0),
          new Sin(prevoteInvalid(), Rule.VALIDITY, 0),
          new Sin(skipAtOneVote(), Rule.ROUND_IS_JUSTIFIED, 0),
          new Sin(oldVotesSignedAgain(), Rule.SIGNABLE, 0),
          new Sin(typesMixed(), Rule.NO_FALSE_ACCUSATION, 0),
          new Sin(lastCommitTakenForAFork(), Rule.NO_HALT, 0),
          new Sin(timeoutInAnyStep(), Rule.NO_EXCEPTION, 0));

  private Sins() {}

  private static Mutant freshProposalAgainstTheLock() {
    return tendermint("L23: a fresh proposal is prevoted against the lock")
        .with(
            ALGORITHM,
            "!first.get().timely() || isLockedOnOther(proposal.block());",
            "!first.get().timely();");
  }

  private static Mutant oldPolkaFreesTheLock() {
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

  private static Mutant polkaOfAnyRoundFrees() {
    return tendermint("L28: the polka that a proposal names is taken on trust")
        .with(
            ALGORITHM,
            "return state.votes().at(round).prevotes().isQuorumFor(id);",
            "return true;");
  }

  private static Mutant quorumOneShort() {
    return Mutant.of("consensus-core", "a quorum is one short")
        .with(
            "dev/quorate/consensus/core/validators/ValidatorSet.java",
            "return 3 * power > 2 * totalPower;",
            "return 3 * (power + 1) > 2 * totalPower;");
  }

  private static Mutant weakQuorumIsAPolka() {
    return tendermint("a weak quorum of votes is enough")
        .with(
            TALLY,
            "if (!entry.getKey().isNil() && validators.isQuorum(entry.getValue())) {",
            "if (!entry.getKey().isNil() && validators.isWeakQuorum(entry.getValue())) {");
  }

  private static Mutant roundsMixed() {
    return tendermint("votes of different rounds make one polka")
        .with(
            VOTE_BOOK,
            "return open(round).of(signed.vote().type()).add(signed);",
            "return open(current).of(signed.vote().type()).add(signed);")
        // A polka in another round than its own would be late again and again.
        .with(ALGORITHM, "        || upon36Late()\n", "");
  }

  private static Mutant voteCountedTwice() {
    return tendermint("a vote that comes twice counts twice")
        .with(
            TALLY,
            "    if (sameBlock || !accused.add(signed.validator())) {",
            """
                if (sameBlock) {
                  power.merge(
                      Ballot.of(signed.vote()),
                      validators.powerOf(signed.validator()),
                      Long::sum);
                }
                if (sameBlock || !accused.add(signed.validator())) {\
            """);
  }

  private static Mutant polkaDecides() {
    return tendermint("L49: a polka decides")
        .with(
            VOTE_BOOK,
            ".flatMap(it -> it.precommits().certificate().stream())",
            ".flatMap(it -> it.prevotes().certificate().stream())");
  }

  private static Mutant validValueForgotten() {
    return tendermint("the valid value and its polka are forgotten at a restart")
        .with(STATE, "    valid = saved.valid().orElse(null);\n", "")
        .with(STATE, "    polka = saved.polka().orElse(null);\n", "")
        .with(STATE, "    saved.polka().ifPresent(votes::add);\n", "");
  }

  private static Mutant freshBlockInsteadOfTheValidOne() {
    return tendermint("L15: a fresh block is proposed although one is valid")
        .with(PROPOSING, "if (valid.isPresent()) {", "if (false) {");
  }

  private static Mutant ownProposalForgotten() {
    return tendermint("one's own proposal is forgotten at a restart")
        .with(STATE, "    proposal = saved.proposal().orElse(null);\n", "");
  }

  private static Mutant prevoteForgotten() {
    return tendermint("one's prevote is forgotten at a restart")
        .with(STATE, "    prevote = saved.prevote().orElse(null);\n", "");
  }

  private static Mutant precommitForgotten() {
    return tendermint("one's precommit is forgotten at a restart")
        .with(STATE, "    precommit = saved.precommit().orElse(null);\n", "");
  }

  private static Mutant votesUnsaved() {
    return tendermint("votes leave before they are saved")
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

  private static Mutant bodyUnsaved() {
    return tendermint("a body is not stored with the vote for it")
        .with(
            TENDERMINT + "Candidates.java",
            "      out.add(new Effect.Store<>(candidate.block()));\n",
            "");
  }

  private static Mutant prevoteUnjudged() {
    return tendermint("a block that is not judged yet is prevoted")
        .with(
            ALGORITHM,
            "case Candidate.Validity.Unknown() -> false;",
            "case Candidate.Validity.Unknown() -> prevote(candidate);");
  }

  private static Mutant prevoteInvalid() {
    return tendermint("an invalid block is prevoted")
        .with(
            ALGORITHM,
            "case Candidate.Validity.Invalid(_) -> prevote(null);",
            "case Candidate.Validity.Invalid(_) -> prevote(candidate);")
        .with(
            ALGORITHM,
            "if (isInvalid(proposal.block()) || (fresh && refused)) {",
            "if (fresh && refused) {");
  }

  private static Mutant skipAtOneVote() {
    return tendermint("L55: one vote of a later round is enough to go there")
        .with(
            VOTE_BOOK,
            "if (validators.isWeakQuorum(entry.getValue().voters())) {",
            "if (!entry.getValue().isEmpty()) {");
  }

  private static Mutant oldVotesSignedAgain() {
    return tendermint("votes of earlier rounds are to be signed again")
        .with(
            TENDERMINT + "Exchange.java",
            "!it.signature().equals(Signature.UNSIGNED) || it.vote().round().equals(state.round())",
            "true");
  }

  private static Mutant typesMixed() {
    return tendermint("a prevote and a precommit are taken for a conflict")
        .with(VOTE_BOOK, "case COMMIT -> precommits;", "case COMMIT -> prevotes;");
  }

  private static Mutant lastCommitTakenForAFork() {
    return tendermint("the commit of the last block is taken for a fork")
        .with(
            TENDERMINT + "Intake.java",
            "if (certificate.blockId().equals(state.tip().id())) {",
            "if (!certificate.blockId().equals(state.tip().id())) {");
  }

  private static Mutant timeoutInAnyStep() {
    return tendermint("L61: timeoutPrevote precommits in whatever step")
        .with(
            ALGORITHM,
            """
                    if (state.step() == Step.PREVOTE) {
                      precommitNil();
                    }
            """,
            "        precommitNil();\n");
  }

  private static Mutant tendermint(String name) {
    return Mutant.of("consensus-tendermint", name);
  }
}
