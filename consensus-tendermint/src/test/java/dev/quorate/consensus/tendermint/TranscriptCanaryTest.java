package dev.quorate.consensus.tendermint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.mutants.Experiment;
import dev.quorate.mutants.Mutant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each line of the algorithm taken out, and the pitfalls that others fell into put back, one at a
 * time: the transcript that is about the rule must notice.
 */
final class TranscriptCanaryTest {
  private static final String UNNOTICED = "the transcript is the same";

  /** A rule that is taken out, and the transcript that shows it. */
  record Canary(Mutant mutant, String transcript) {
    private Canary with(String file, String snippet, String replacement) {
      var path = "dev/quorate/consensus/tendermint/" + file + ".java";
      return new Canary(mutant.with(path, snippet, replacement), transcript);
    }

    /** The rule is never enabled. */
    private Canary without(String rule) {
      return with(
          "Algorithm1",
          "private boolean " + rule + "() {\n",
          "private boolean " + rule + "() {\n    if (!halted) {\n      return false;\n    }\n");
    }

    @Override
    public String toString() {
      return mutant.name() + ": " + transcript;
    }
  }

  static List<Canary> linesTakenOut() {
    return List.of(
        canary("L15: a fresh block although one is valid", "05-proposes-the-valid-block")
            .with("Proposing", "if (valid.isPresent()) {", "if (false) {"),
        canary("L22 is gone", "01-normal-case").without("upon22"),
        canary("L23: the lock is not looked at", "03-a-newer-polka-frees-an-older-lock")
            .with("Algorithm1", " || isLockedOnOther(proposal.block());", ";"),
        canary("L28 is gone", "03-a-newer-polka-frees-an-older-lock").without("upon28"),
        canary("L28: the polka is taken on trust", "18-waits-for-the-polka")
            .with(
                "Algorithm1",
                "return state.votes().at(round).prevotes().isQuorumFor(id);",
                "return true;"),
        canary("L29: the lock is not looked at", "04-an-older-polka-does-not")
            .with("Algorithm1", "if (lockIsLater && isLockedOnOther(block)) {", "if (false) {"),
        canary("L29: no polka frees a lock", "03-a-newer-polka-frees-an-older-lock")
            .with(
                "Algorithm1",
                "if (lockIsLater && isLockedOnOther(block)) {",
                "if (isLockedOnOther(block)) {"),
        canary("L34 is gone", "06-a-delayed-polka").without("upon34"),
        canary("L36 is gone", "01-normal-case").without("upon36"),
        canary("L36: not in step precommit", "06-a-delayed-polka")
            .with(
                "Algorithm1",
                "if (state.step() == Step.PROPOSE || done",
                "if (state.step() != Step.PREVOTE || done"),
        canary("L36 late is gone", "06-a-delayed-polka").without("upon36Late"),
        canary("L36 late: by a polka below the valid round", "03-a-newer-polka-frees-an-older-lock")
            .with("VoteBook", "past.tailMap(it, false)", "past.headMap(it, false)"),
        canary("L36: locks in step precommit too", "06-a-delayed-polka")
            .with(
                "Algorithm1",
                "    } else {\n      state.valid(candidate.get(), polka.get());",
                "    } else {\n      state.lock(candidate.get());\n"
                    + "      state.valid(candidate.get(), polka.get());"),
        canary("L38: no lock", "03-a-newer-polka-frees-an-older-lock")
            .with("Algorithm1", "      state.lock(candidate.get());\n", ""),
        canary("L44 is gone", "16-a-nil-polka-does-not-unlock").without("upon44"),
        canary("L47 is gone", "02-a-round-that-comes-to-nothing").without("upon47"),
        canary("L49 is gone", "01-normal-case").without("upon49"),
        canary("L49: the current round only", "08-decisions-of-other-rounds")
            .with(
                "VoteBook",
                "return rounds.values().stream()",
                "return rounds.tailMap(current, true).values().stream()"),
        canary("L55 is gone", "09-skip-rounds").without("upon55"),
        canary("L55: only at a quorum", "09-skip-rounds")
            .with(
                "VoteBook",
                "validators.isWeakQuorum(entry.getValue().voters())",
                "validators.isQuorum(entry.getValue().voters())"),
        canary("L55: prevotes and precommits counted apart", "09-skip-rounds")
            .with("VoteBook", "      voters.addAll(precommits.voters());\n", ""),
        canary("L57: in any step", "16-a-nil-polka-does-not-unlock")
            .with(
                "Algorithm1",
                "if (state.step() == Step.PROPOSE) {\n          prevote",
                "if (true) {\n          prevote"),
        canary("L61: in any step", "16-a-nil-polka-does-not-unlock")
            .with(
                "Algorithm1",
                "if (state.step() == Step.PREVOTE) {\n          precommitNil",
                "if (true) {\n          precommitNil"),
        canary("L65: in any round", "02-a-round-that-comes-to-nothing")
            .with("Algorithm1", " && timeout.round().equals(state.round());", ";"));
  }

  static List<Canary> pitfalls() {
    return List.of(
        canary("a nil polka unlocks", "16-a-nil-polka-does-not-unlock")
            .with("Algorithm1", "&& precommitNil();", "&& unlockAndPrecommitNil();")
            .with(
                "Algorithm1",
                "  private boolean precommitNil() {",
                "  private boolean unlockAndPrecommitNil() {\n    state.unlock();\n"
                    + "    return precommitNil();\n  }\n\n  private boolean precommitNil() {")
            .with(
                "RoundState",
                "  /** L38-39. */",
                "  void unlock() {\n    locked = null;\n  }\n\n  /** L38-39. */"),
        canary("a body that a polka names is not fetched", "07-a-polka-for-an-unseen-block")
            .with("Algorithm1", "      fetch(certificate);\n", ""),
        canary("a body is asked for once only", "07-a-polka-for-an-unseen-block")
            .with("Candidates", "if (asked == null || asked != beat) {", "if (asked == null) {"),
        canary("a certificate is taken vote by vote", "10-an-equivocator-in-a-certificate")
            .with(
                "VoteBook",
                "return open(certificate.round()).of(certificate.type()).add(certificate);",
                "certificate.votes().forEach(this::add);\n    return List.of();"),
        canary("a restart forgets the lock", "11-restart-with-a-lock")
            .with("RoundState", "    locked = saved.locked().orElse(null);\n", ""),
        canary("a restart repeats nothing", "11-restart-with-a-lock")
            .with("TendermintEngine", "    exchange.repeat();\n", ""),
        canary("a restart forgets the own proposal", "12-restart-of-a-proposer")
            .with("RoundState", "    proposal = saved.proposal().orElse(null);\n", ""),
        canary("a valid block is proposed without its polka", "05-proposes-the-valid-block")
            .with("Proposing", "      state.out.broadcast(new CertificateMessage(polka));\n", ""),
        canary("nobody learns why a round was entered", "02-a-round-that-comes-to-nothing")
            .with("Exchange", "    state.entry().ifPresent(state.out::broadcast);\n", ""),
        canary("timeouts are not cleared on a skip", "09-skip-rounds")
            .with("Algorithm1", "    timeouts.forEach(out::cancel);\n", ""),
        canary("timeouts do not grow", "02-a-round-that-comes-to-nothing")
            .with(
                "TendermintParameters",
                "first.toMillis() + round.value() * perRound.toMillis();",
                "first.toMillis();"),
        canary("nil waits for its timeout", "02-a-round-that-comes-to-nothing")
            .with("Algorithm1", "!here().prevotes().canReachQuorum();", "false;"),
        canary("no empty block is ever built", "13-sleep-and-empty-blocks")
            .with("Sleep", "return goesOn ? IfEmpty.BUILD", "return !goesOn ? IfEmpty.BUILD"),
        canary("an empty block is built at once", "13-sleep-and-empty-blocks")
            .with("Sleep", "(emptyIsDue || state.round().value() > 0)", "true"),
        canary("a vote does not wake a height", "13-sleep-and-empty-blocks")
            .with(
                "Intake",
                "case Tally.Entry.Counted() -> sleep.wake();",
                "case Tally.Entry.Counted() -> {}"),
        canary("a height never falls asleep again", "13-sleep-and-empty-blocks")
            .with("Sleep", "&& !waits && !hasSaidAnything()", "&& !waits && hasSaidAnything()"),
        canary("nobody helps who is behind", "14-help-for-those-behind")
            .with("Exchange", "      help(from, theirs.height());\n", ""),
        canary("help knows no limit", "14-help-for-those-behind")
            .with("Exchange", " || !helped.add(peer)", ""),
        canary("who is behind fetches nothing", "14-help-for-those-behind")
            .with("Exchange", "if (stalled || far) {", "if (false) {"),
        canary("a lost proposal stays lost", "14-help-for-those-behind")
            .with("Exchange", "      helpWithProposal(from);\n", ""),
        canary("a fork is overlooked", "15-impossible-certificates")
            .with("Intake", "      onLastCommit(certificate);\n", ""),
        canary("late precommits are dropped", "17-the-commit-that-a-block-carries")
            .with("Intake", "state.lastCommit().filter(it -> it.add(vote)).isPresent();", "false;"),
        canary("late precommits of any round are added", "17-the-commit-that-a-block-carries")
            .with("LastCommit", "\n        && vote.round().equals(certificate.round());", ";"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"linesTakenOut", "pitfalls"})
  void theTranscriptNotices(Canary canary) {
    var outcome = canary.mutant().load(Replay.class).run(canary.transcript());

    assertThat(outcome).isNotEqualTo(UNNOTICED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01-normal-case", "09-skip-rounds", "17-the-commit-that-a-block-carries"})
  void aHarmlessChangeIsNotNoticed(String transcript) {
    var harmless =
        canary("harmless", transcript).with("RoundState", "  /** L38-39. */", "  /** Locks. */");

    assertThat(harmless.mutant().load(Replay.class).run(transcript)).isEqualTo(UNNOTICED);
  }

  private static Canary canary(String pitfall, String transcript) {
    return new Canary(Mutant.of("consensus-tendermint", pitfall), transcript);
  }

  /** Replays a transcript and says whether it still is what happens. */
  static final class Replay implements Experiment {
    @Override
    public String run(String transcript) {
      try {
        var written =
            Files.readString(Path.of("src/test/resources/transcripts", transcript + ".txt"));
        return Transcript.replay(written).equals(written) ? UNNOTICED : "it tells another story";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (RuntimeException refused) {
        return "it does not even run: " + refused;
      }
    }
  }
}
