package dev.quorate.replica.inbox;

import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.Submission;
import dev.quorate.replica.sync.SyncItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;

/** What one turn takes out of the inbox, in the order in which it is looked at. */
public final class Intake<M extends Message<M>> {
  final LinkedHashMap<ValidatorId, Boolean> links = new LinkedHashMap<>();
  final List<Heard<M>> messages = new ArrayList<>();
  final List<Asked> requests = new ArrayList<>();
  final List<Handed> handed = new ArrayList<>();
  final List<Passed> passed = new ArrayList<>();
  Optional<Throwable> failure = Optional.empty();

  /** An engine message with the time at which it came. */
  public record Heard<M extends Message<M>>(Signed<M> message, Instant receivedAt) {}

  /** A request or an answer about blocks. */
  public record Asked(ValidatorId peer, SyncItem item) {}

  /** Transactions that a client handed in, with the place for the answers. */
  public record Handed(
      List<Transaction> transactions, CompletableFuture<List<Submission>> answer) {}

  /** Transactions that a peer passed on. */
  public record Passed(ValidatorId peer, List<Transaction> transactions) {}

  /** Peers that can (true) or cannot (false) be reached any more since the last turn. */
  public SequencedMap<ValidatorId, Boolean> links() {
    return links;
  }

  public List<Heard<M>> messages() {
    return messages;
  }

  public List<Asked> requests() {
    return requests;
  }

  public List<Handed> handed() {
    return handed;
  }

  public List<Passed> passed() {
    return passed;
  }

  /** What broke on another thread, so that the replica cannot go on. */
  public Optional<Throwable> failure() {
    return failure;
  }

  void clear() {
    links.clear();
    messages.clear();
    requests.clear();
    handed.clear();
    passed.clear();
    failure = Optional.empty();
  }

  void takeLinks(Map<ValidatorId, Boolean> waiting) {
    links.putAll(waiting);
    waiting.clear();
  }
}
