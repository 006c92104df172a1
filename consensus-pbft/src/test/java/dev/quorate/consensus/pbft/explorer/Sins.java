package dev.quorate.consensus.pbft.explorer;

import dev.quorate.explorer.Sin;
import dev.quorate.mutants.Mutant;
import java.util.List;

/** Small deviations from the rules, put back into the real code one at a time. */
final class Sins {
  private static final String PBFT = "dev/quorate/consensus/pbft/";
  private static final String NORMAL_CASE = PBFT + "NormalCase.java";
  private static final String STATE = PBFT + "ReplicaState.java";
  private static final String VOTE_BOOK = PBFT + "VoteBook.java";
  private static final String NEW_VIEW_RULES = PBFT + "NewViewRules.java";

  static final List<Sin> ALL =
      List.of(
          new Sin(freshBlocksBelowTheTip(), Rule.PREPARE_IN_ORDER, 0),
          new Sin(sameBlocksBelowTheTip(), Rule.FINAL_IS_KEPT, 214),
          new Sin(rankByHeightFirst(), Rule.FINAL_IS_KEPT, 786),
          new Sin(prepareOutOfOrder(), Rule.PREPARE_IN_ORDER, 0),
          new Sin(commitAfterViewChange(), Rule.NO_VOTE_BELOW, 0),
          new Sin(commitByOlderCertificate(), Rule.COMMIT_IS_PREPARED, 0),
          new Sin(commitByBase(), Rule.COMMIT_IS_PREPARED, 0),
          new Sin(commitByCommitCertificate(), Rule.CLAIM_KEEPS_PREPARED, 0),
          new Sin(rebaseBelowPrepare(), Rule.NO_EXCEPTION, 0),
          new Sin(forgetPreparedCertificate(), Rule.CLAIM_KEEPS_PREPARED, 0),
          new Sin(forgetPrepares(), Rule.ONE_VOTE, 0),
          new Sin(forgetPendingView(), Rule.ONE_CLAIM, 0),
          new Sin(quorumOneShort(), Rule.AGREEMENT, 0),
          new Sin(voteCountedTwice(), Rule.TRUE_CERTIFICATES, 0),
          new Sin(claimCountedTwice(), Rule.FINAL_IS_KEPT, 3_927),
          new Sin(viewsMixed(), Rule.TRUE_CERTIFICATES, 0),
          new Sin(newViewIgnoresCertificates(), Rule.FINAL_IS_KEPT, 936),
          new Sin(prepareUnjudged(), Rule.NO_HALT, 0),
          new Sin(prepareUnsaved(), Rule.ONE_VOTE, 0),
          new Sin(deliverPrepared(), Rule.DELIVERY, 0),
          new Sin(repeatDelivered(), Rule.SIGNABLE, 0),
          new Sin(accuseAcrossViews(), Rule.NO_FALSE_ACCUSATION, 0),
          new Sin(claimWithoutBodies(), Rule.CLAIM_HAS_BODIES, 0));

  private Sins() {}

  private static Mutant freshBlocksBelowTheTip() {
    return pbft("slots below the tip run again with fresh blocks")
        .with(STATE, "preparedTip = base;", "preparedTip = committed;");
  }

  private static Mutant sameBlocksBelowTheTip() {
    return pbft("slots below the tip run again with the same blocks")
        .with(
            NORMAL_CASE,
            "    tip.ifPresent(it -> out.broadcast(new Prepare(state.prepareTip(it))));",
            """
                if (tip.isPresent()
                    && window.chainTo(state.base(), state.committed())
                        instanceof Chain.Complete(var blocks)) {
                  for (var below : blocks) {
                    if (!below.ref().equals(state.base())
                        && !state.prepares().hasVoted(below.block().height(), state.view())) {
                      out.broadcast(new Prepare(state.prepareBelow(below)));
                    }
                  }
                }
                tip.ifPresent(it -> out.broadcast(new Prepare(state.prepareTip(it))));
            """)
        .with(
            STATE,
            "  /** R3: at most one COMMIT for a height of a view. */",
            """
              SignedVote prepareBelow(Candidate candidate) {
                var block = candidate.block();
                prepares.add(new OwnVote(view, block.height(), block.id(), block.time()));
                dirty = true;
                return unsigned(VoteType.PREPARE, candidate);
              }

            """);
  }

  private static Mutant rankByHeightFirst() {
    return pbft("certificates are ranked by height first")
        .with(
            PBFT + "message/Rank.java",
            "comparingInt(Rank::view).thenComparingLong(Rank::height)",
            "comparingLong(Rank::height).thenComparingInt(Rank::view)");
  }

  private static Mutant prepareOutOfOrder() {
    return pbft("PREPARE out of order")
        .with(
            NORMAL_CASE,
            "var next = state.preparedTip().height().next();",
            "var next = anyProposed();")
        .with(
            NORMAL_CASE,
            "\n              .filter(it -> it.block().parent().equals(state.preparedTip().id()));",
            ";")
        .with(
            NORMAL_CASE,
            "  private boolean prepareTip() {",
            """
              private dev.quorate.consensus.core.vote.Height anyProposed() {
                for (var slot : window.ascending()) {
                  var proposed = slot.proposal().flatMap(p -> slot.candidate(p.block().id()));
                  if (proposed.filter(Candidate::isValid).filter(it -> it.isTimelyAfter(state.preparedTime())).isPresent()
                      && !state.prepares().hasVoted(slot.height(), state.view())) {
                    return slot.height();
                  }
                }
                return state.preparedTip().height().next();
              }

              private boolean prepareTip() {
            """)
        .with(
            STATE,
            """
                if (tipIsDue
                    || !block.parent().equals(preparedTip.id())
                    || !block.height().equals(preparedTip.height().next())) {
            """,
            "    if (tipIsDue) {\n")
        .with(
            STATE,
            "    preparedTip = candidate.ref();\n",
            """
                if (block.height().isAbove(preparedTip.height())) {
                  preparedTip = candidate.ref();
                }
            """);
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

  private static Mutant commitByOlderCertificate() {
    return pbft("COMMIT on the strength of a prepared certificate of an older view")
        .with(
            NORMAL_CASE,
            "if (!state.isActive() || !View.of(certificate.round()).equals(state.view())) {",
            "if (!state.isActive()) {");
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

  private static Mutant commitByCommitCertificate() {
    return pbft("COMMIT for ancestors on the strength of an older commit certificate")
        .with(
            NORMAL_CASE,
            "  private boolean commitPrepared() {\n",
            """
              private boolean commitPrepared() {
                for (var slot : List.copyOf(window.ascending())) {
                  var final_ = slot.commitCertificate();
                  if (state.isActive()
                      && final_.isPresent()
                      && window.chainTo(BlockRef.of(final_.get()), state.committed())
                          instanceof Chain.Complete(var blocks)) {
                    for (var below : blocks) {
                      if (below.isValid()
                          && !state.commits().hasVoted(below.block().height(), state.view())) {
                        out.broadcast(new Commit(state.commit(below)));
                      }
                    }
                  }
                }
            """);
  }

  private static Mutant rebaseBelowPrepare() {
    return pbft("re-basing below one's highest PREPARE")
        .with(STATE, "preparedTip.height().isAbove(certified.height()) || ", "");
  }

  private static Mutant forgetPreparedCertificate() {
    return pbft("the prepared certificate is forgotten at restart")
        .with(STATE, "    high = saved.high().orElse(null);\n", "");
  }

  private static Mutant forgetPrepares() {
    return pbft("one's PREPAREs are forgotten at restart")
        .with(STATE, "    saved.prepares().forEach(prepares::add);\n", "")
        .with(STATE, "preparedTip = saved.preparedTip();", "preparedTip = saved.base();");
  }

  private static Mutant forgetPendingView() {
    return pbft("restart restores the last active view, not the pending one")
        .with(STATE, "pending = saved.pending();", "pending = saved.view();")
        .with(STATE, "active = saved.active();", "active = true;");
  }

  private static Mutant quorumOneShort() {
    return Mutant.of("consensus-core", "a quorum is one short")
        .with(
            "dev/quorate/consensus/core/validators/ValidatorSet.java",
            "return 3 * power > 2 * totalPower;",
            "return 3 * (power + 1) > 2 * totalPower;");
  }

  private static Mutant voteCountedTwice() {
    return pbft("a vote that comes twice counts twice")
        .with(VOTE_BOOK, "? new Entry.Known()", "? again(ballotOf(signed), voter)")
        .with(
            VOTE_BOOK,
            "  /** The ballots of a view that have a quorum: one, unless",
            """
              private Entry again(Ballot ballot, ValidatorId voter) {
                var tally = tallies.get(ballot);
                if (tally != null) {
                  tally.power += validators.powerOf(voter);
                }
                return new Entry.Known();
              }

              /** The ballots of a view that have a quorum: one, unless\
            """);
  }

  private static Mutant claimCountedTwice() {
    return pbft("two claims of one validator count twice in a NEW-VIEW")
        .with(
            NEW_VIEW_RULES,
            """
                  if (!claimants.add(claim.claimant())) {
                    return Optional.of("NEW-VIEW with two claims of one validator");
                  }
            """,
            "      claimants.add(claim.claimant());\n")
        .with(
            NEW_VIEW_RULES,
            "if (!state.validators.isQuorum(claimants)) {",
            """
            if (!state.validators.isQuorum(
                    message.claims().stream()
                        .mapToLong(it -> state.validators.powerOf(it.claim().claimant()))
                        .sum())) {\
            """);
  }

  private static Mutant viewsMixed() {
    return pbft("votes of different views make one certificate")
        .with(
            VOTE_BOOK,
            "return new Ballot(vote.round(), vote.blockId(), vote.timestamp());",
            "return new Ballot(new Round(0), vote.blockId(), vote.timestamp());");
  }

  private static Mutant newViewIgnoresCertificates() {
    return pbft("a NEW-VIEW is accepted whatever its certificate")
        .with(
            NEW_VIEW_RULES,
            "return certificateFault(message, highest, state);",
            "return Optional.empty();");
  }

  private static Mutant prepareUnjudged() {
    return pbft("PREPARE for a body that is not judged yet")
        .with(NORMAL_CASE, "              .filter(Candidate::isValid)\n", "");
  }

  private static Mutant prepareUnsaved() {
    return pbft("PREPARE without saving it")
        .with(
            STATE,
            "    preparedTip = candidate.ref();\n    dirty = true;\n",
            "    preparedTip = candidate.ref();\n");
  }

  private static Mutant deliverPrepared() {
    return pbft("a prepared certificate delivers")
        .with(NORMAL_CASE, "slot.flatMap(Slot::commitCertificate)", "slot.flatMap(Slot::prepared)");
  }

  private static Mutant repeatDelivered() {
    return pbft("votes for delivered heights are repeated at a restart")
        .with(STATE, "    prepares.advance(block.height());\n", "")
        .with(STATE, "    prepares.advance(committed.height());\n", "");
  }

  private static Mutant accuseAcrossViews() {
    return pbft("votes of two views are taken for a conflict")
        .with(VOTE_BOOK, "if (earlier.vote().round().equals(vote.round())) {", "if (true) {");
  }

  private static Mutant claimWithoutBodies() {
    return pbft("a prepared certificate is claimed without its bodies")
        .with(
            NORMAL_CASE,
            "        bodies.fetch(ref, certificate);\n        yield false;",
            "        state.certified(certificate);\n"
                + "        bodies.fetch(ref, certificate);\n        yield false;");
  }

  private static Mutant pbft(String name) {
    return Mutant.of("consensus-pbft", name);
  }
}
