package dev.quorate.replica;

import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One validator's process: what a node and a simulator both run.
 *
 * <p>{@link #turn} and {@link #nextDeadline} belong to one thread, the owner's: it gives the
 * replica a turn when it has been woken or the deadline has come, and closes the store after the
 * last one. Everything else may be called by any thread at any time, returns at once, and takes
 * effect in a turn. Between the threads there are bounded queues only.
 */
public final class Replica<M extends Message<M>> {
  /** How many accusations are kept, the first ones; all are counted. */
  public static final int MAX_ACCUSATIONS = 64;

  private final Parts<M> parts;
  private final Runner<M> runner;
  private final Limits limits;
  private volatile ReplicaStatus status;
  private volatile List<Accusation> accusations = List.of();

  /** Two signed votes of one validator that no correct validator makes. */
  public record Accusation(SignedVote first, SignedVote second) {}

  private Replica(Parts<M> parts, Limits limits) {
    this.parts = parts;
    this.limits = limits;
    this.runner = new Runner<>(parts);
    this.status = snapshot();
  }

  /**
   * A replica that continues from what is in the store. Refuses a self that is no validator, and a
   * state that the engine did not save.
   */
  public static <M extends Message<M>> Replica<M> open(
      Genesis genesis,
      ValidatorId self,
      EngineProvider<M> provider,
      ReplicaPorts ports,
      ReplicaLimits limits) {
    return new Replica<>(new Parts<>(genesis, self, provider, ports, limits), genesis.limits());
  }

  /** Lets somebody see every step; to be called before the first turn. */
  public void observe(StepObserver observer) {
    runner.observe(observer);
  }

  /**
   * Does all there is to do, then returns. The owner's thread only.
   *
   * @param now a time that only moves on, at the pace of the hour, whatever is done to clocks: all
   *     waiting is measured by it
   * @param wallTime what the local clock shows, which somebody may set forth or back: it becomes
   *     the time of blocks
   * @return whether the replica goes on: after anything but {@link Condition.Running} no turn does
   *     anything any more
   */
  public Condition turn(Instant now, Instant wallTime) {
    if (runner.condition() instanceof Condition.Running) {
      runner.turn(now, wallTime);
      if (!(runner.condition() instanceof Condition.Running)) {
        refuseWaiting();
      }
      if (accusations.size() != runner.accusations().size()) {
        accusations = List.copyOf(runner.accusations());
      }
      status = snapshot();
    }
    return runner.condition();
  }

  /**
   * When the next turn is due even if nobody wakes the owner: at once, which is in the past, when
   * something is left to do; {@link Instant#MAX} when there is nothing to wait for. The owner's
   * thread only.
   */
  public Instant nextDeadline() {
    return runner.nextDeadline();
  }

  /** Ends the replica: no turn does anything any more. The owner's thread only. */
  public void stop() {
    runner.end(new Condition.Stopped());
    refuseWaiting();
    status = snapshot();
  }

  /** The door for the frames of peers. */
  public Ingress<M> ingress() {
    return parts.ingress;
  }

  /** A message that somebody else has decoded and verified. */
  public void offerVerified(Signed<M> message, Instant receivedAt) {
    parts.inbox.offer(message, receivedAt, 0);
  }

  /** A peer can be reached, for the first time or again. */
  public void peerConnected(ValidatorId peer) {
    parts.inbox.link(peer, true);
  }

  /** A peer cannot be reached any more. */
  public void peerDisconnected(ValidatorId peer) {
    parts.inbox.link(peer, false);
  }

  /**
   * Hands a transaction in. The pool keeps its bytes as they are: a slice of something large is
   * better copied before.
   *
   * @return what became of it, completed on the owner's thread: whatever depends on it must be
   *     short and must not block
   */
  public CompletionStage<Submission> submit(Transaction transaction) {
    return submitAll(List.of(transaction)).thenApply(List::getFirst);
  }

  /** The same for several at once, which are answered in their order. */
  public CompletionStage<List<Submission>> submitAll(List<Transaction> transactions) {
    var faults = new ArrayList<Submission>(transactions.size());
    var fit = new ArrayList<Transaction>(transactions.size());
    for (var transaction : transactions) {
      int length = transaction.bytes().length();
      if (length == 0) {
        faults.add(new Submission.Refused(Submission.Reason.EMPTY));
      } else if (length > limits.maxTxBytes()) {
        faults.add(new Submission.Refused(Submission.Reason.TOO_LARGE));
      } else {
        fit.add(transaction);
        faults.add(Submission.ADMITTED);
      }
    }
    var answer = new CompletableFuture<List<Submission>>();
    if (fit.isEmpty()) {
      answer.complete(List.of());
    } else {
      parts.inbox.offer(fit, answer).ifPresent(reason -> answer.complete(refused(fit, reason)));
    }
    return fit.size() == transactions.size()
        ? answer
        : answer.thenApply(answers -> merge(faults, answers));
  }

  /** Where the replica stood at the end of its last turn. */
  public ReplicaStatus status() {
    return status;
  }

  /** What has been counted since it was opened. */
  public Counts counts() {
    return parts.counts;
  }

  /** Pairs of votes that no correct validator makes, the first {@link #MAX_ACCUSATIONS}. */
  public List<Accusation> accusations() {
    return accusations;
  }

  private void refuseWaiting() {
    var unanswered = new ArrayList<>(runner.taken());
    unanswered.addAll(parts.inbox.close());
    for (var waiting : unanswered) {
      waiting.answer().complete(refused(waiting.transactions(), Submission.Reason.STOPPED));
    }
  }

  private static List<Submission> refused(
      List<Transaction> transactions, Submission.Reason reason) {
    var answers = new ArrayList<Submission>(transactions.size());
    for (int i = 0; i < transactions.size(); i++) {
      answers.add(new Submission.Refused(reason));
    }
    return answers;
  }

  /** Puts the answers into the places of those transactions that were asked about. */
  private static List<Submission> merge(List<Submission> places, List<Submission> answers) {
    var merged = new ArrayList<Submission>(places.size());
    var next = answers.iterator();
    for (var place : places) {
      merged.add(place instanceof Submission.Refused ? place : next.next());
    }
    return merged;
  }

  private ReplicaStatus snapshot() {
    var tip = parts.blocks.tip();
    return new ReplicaStatus(
        runner.condition(),
        runner.status(),
        tip.height(),
        tip.id(),
        tip.time(),
        parts.pool.work(),
        parts.pool.bytes(),
        parts.sync.catchUp().isActive(),
        parts.silence.voice(),
        parts.sync.peers().connected());
  }
}
