package dev.quorate.consensus.pbft;

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
 * The pitfalls that others fell into, put back one at a time: the transcript that is about the rule
 * must notice. So no transcript is there only because it is beautiful.
 */
final class TranscriptCanaryTest {
  private static final String UNNOTICED = "the transcript is the same";

  /** A rule that is taken out, and the transcript that shows it. */
  record Canary(Mutant mutant, String transcript) {
    private Canary with(String file, String snippet, String replacement) {
      var path = "dev/quorate/consensus/pbft/" + file + ".java";
      return new Canary(mutant.with(path, snippet, replacement), transcript);
    }

    @Override
    public String toString() {
      return mutant.name() + ": " + transcript;
    }
  }

  static List<Canary> canaries() {
    return List.of(
        canary("one complaint is enough to leave", "03-complain-leave-enter")
            .with("Complaints", "validators.isWeakQuorum(discontent)", "!lastHeard.isEmpty()"),
        canary("claims without bodies are never left out", "06-bodies-that-do-not-come")
            .with("NewViewMaker", "if (isQuorum(others)) {", "if (false) {"),
        canary("what is delivered admits to no view", "07-ticket")
            .with("Tickets", "if (!admits(View.of(certificate.round()))) {", "if (true) {"),
        canary("a ticket's block is not fetched", "08-ticket-without-bodies")
            .with("NormalCase", "bodies.fetchChainOf(base);", ""),
        canary("who caught up never votes again in that view", "09-re-base")
            .with("ReplicaState", "|| preparedTip.equals(certified)) {", "|| true) {"),
        canary("re-base below a PREPARE", "10-never-re-base-below-a-prepare")
            .with("ReplicaState", "preparedTip.height().isAbove(certified.height()) || ", ""),
        canary("an equivocation in a certificate is overlooked", "11-equivocation-in-a-certificate")
            .with("Intake", ".ifPresent(second -> accuse(first, second));", ".isPresent();"),
        canary("ViewChanges are never sent again", "11-equivocation-in-a-certificate")
            .with("ViewChanger", "state.claim().ifPresent(state.out::broadcast);", ""),
        canary("nobody gets a NewView that was lost", "13-lost-new-view")
            .with(
                "ViewChanger",
                "if (state.isActive() && (behind || waiting)",
                "if (false && (behind || waiting)"),
        canary("the view timer needs a quorum for the same view", "14-join-the-smallest")
            .with(
                "ViewChangeBook",
                "(message != null && !view.isAbove(message.claim().newView()))",
                "(message != null && view.equals(message.claim().newView()))"),
        canary("joining needs a weak quorum for the same view", "14-join-the-smallest")
            .with(
                "ViewChangeBook",
                "if (view.isAbove(floor)) {",
                "if (view.isAbove(floor) && (wanted.isEmpty() || wanted.contains(view))) {"),
        canary("the timer has no cap", "14-join-the-smallest")
            .with("PbftParameters", "Math.min(millis, longestTimeout.toMillis())", "millis"),
        canary("the timer never doubles", "15-timer-doubles")
            .with("ReplicaState", "return pending.value() - deliveredIn.value();", "return 0;"),
        canary("an invalid certificate shadows a valid one", "16-invalid-certificate")
            .with(
                "ViewChanger",
                "if (!isProven(message.high()) || !isProven(message.commit())) {",
                "if (false) {"),
        canary("COMMITs of the old view are dropped after leaving", "17-late-commits")
            .with(
                "Intake",
                "void onCommit(ValidatorId from, SignedVote vote) {",
                "void onCommit(ValidatorId from, SignedVote vote) { if (!state.isActive())"
                    + " return;"),
        canary("a restart restores the last active view", "18-restart-while-pending")
            .with("ReplicaState", "pending = saved.pending();", "pending = saved.view();")
            .with("ReplicaState", "active = saved.active();", "active = true;"),
        canary("a transaction's age is carried over the view change", "19-starved-transaction")
            .with("Discontent", ".filter(it -> it.round().equals(state.view().round()))", ""),
        canary("a proposal of a higher view is processed under the local one", "21-early-proposals")
            .with("Intake", "if (early) {", "if (false) {"),
        canary("the proposal of a far view pushes the next one's out", "21-early-proposals")
            .with(
                "Slot",
                "later.message().view().isAbove(message.view())",
                "message.view().isAbove(later.message().view())"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("canaries")
  void theTranscriptNotices(Canary canary) {
    var outcome = canary.mutant().load(Replay.class).run(canary.transcript());

    assertThat(outcome).isNotEqualTo(UNNOTICED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"03-complain-leave-enter", "14-join-the-smallest", "22-rotation"})
  void aHarmlessChangeIsNotNoticed(String transcript) {
    var harmless =
        canary("harmless", transcript)
            .with("Complaints", "/** A validator's reason is gone. */", "/* Gone. */");

    assertThat(harmless.mutant().load(Replay.class).run(transcript)).isEqualTo(UNNOTICED);
  }

  private static Canary canary(String pitfall, String transcript) {
    return new Canary(Mutant.of("consensus-pbft", pitfall), transcript);
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
