package dev.quorate.gateway.http;

import dev.quorate.crypto.Hash;
import dev.quorate.gateway.Ordering;
import dev.quorate.gateway.Rejection;
import dev.quorate.gateway.TransactionStatus;
import dev.quorate.ledger.Location;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** {@code GET /v1/transactions/{id}}, at once or when it is committed. */
public final class StatusRoute {
  private final Ordering ordering;
  private final Waiters waiters;
  private final Answers answers;
  private final TransactionAnswers transactions;

  public StatusRoute(Ordering ordering, Waiters waiters, Answers answers, Shared shared) {
    this.ordering = ordering;
    this.waiters = waiters;
    this.answers = answers;
    this.transactions = new TransactionAnswers(answers, shared.height());
  }

  public void handle(HttpServerRequest request, String idText) {
    var id = Hex.hash(idText).orElse(null);
    if (id == null) {
      answers.problem(request, Problem.parameter("id", "an id is 64 lower-case hex digits"));
      return;
    }
    switch (Query.of(request, List.of("wait"))) {
      case Query.Faulty(var problem) -> answers.problem(request, problem);
      case Query.Parameters parameters -> {
        switch (parameters.get("wait").map(text -> Wait.of("wait", text)).orElse(Wait.NONE)) {
          case Wait.Faulty(var problem) -> answers.problem(request, problem);
          case Wait.Seconds(var seconds) -> answer(request, id, seconds);
        }
      }
    }
  }

  private void answer(HttpServerRequest request, Hash id, int seconds) {
    if (seconds == 0) {
      tell(request, id, ordering.status(id));
      return;
    }
    var waiter = waiters.add(id, seconds, new Outcome(request, id));
    if (waiter.isWaiting()) {
      request.response().closeHandler(_ -> waiter.cancel());
      waiter.lookAgain();
    }
  }

  private void tell(HttpServerRequest request, Hash id, TransactionStatus status) {
    switch (status) {
      case TransactionStatus.Committed(var at) -> transactions.committed(request, 200, id, at);
      case TransactionStatus.Received() -> transactions.underway(request, 200, id, "RECEIVED");
      case TransactionStatus.Admitted() -> transactions.underway(request, 200, id, "ADMITTED");
      case TransactionStatus.Unknown() -> answers.problem(request, unknown(id));
    }
  }

  private Problem unknown(Hash id) {
    return Problem.of(
            404,
            "unknown-transaction",
            "it is neither committed nor pending here; sending its bytes again is safe")
        .with("txId", id.hex())
        .with("knownSinceHeight", ordering.chain().initialHeight().value());
  }

  /** The end of a wait: whatever is known then. */
  private final class Outcome implements Waiters.Outcome {
    private final HttpServerRequest request;
    private final Hash id;

    Outcome(HttpServerRequest request, Hash id) {
      this.request = request;
      this.id = id;
    }

    @Override
    public void committed(Location location) {
      transactions.committed(request, 200, id, location);
    }

    @Override
    public void expired() {
      tell(request, id, ordering.status(id));
    }

    @Override
    public void stopping() {
      answers.problem(request, Problem.of(new Rejection.Stopping()).with("txId", id.hex()));
    }

    @Override
    public void failed(RuntimeException failure) {
      answers.failed(request, failure);
    }
  }
}
