package dev.quorate.gateway.http;

import dev.quorate.crypto.Bytes;
import dev.quorate.gateway.Admission;
import dev.quorate.gateway.Ordering;
import dev.quorate.gateway.Rejection;
import dev.quorate.ledger.Location;
import dev.quorate.ledger.Transaction;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/transactions}, the hot path: head, body, id, admission, answer.
 *
 * <p>A request that waits is registered before its transaction is submitted, so that no block can
 * pass between the two; its answer waits for the admission, which alone knows whether the bytes
 * were committed before.
 */
public final class SubmitRoute {
  private static final CharSequence PREFER = HttpHeaders.createOptimized("Prefer");

  private final Context loop;
  private final Thread thread = Thread.currentThread();
  private final Ordering ordering;
  private final Waiters waiters;
  private final BodyReader bodies;
  private final Answers answers;
  private final TransactionAnswers transactions;
  private final Counters counters;
  private final int maxTransaction;

  /** To be made on its event loop. */
  public SubmitRoute(
      Context loop,
      Ordering ordering,
      Waiters waiters,
      BodyReader bodies,
      Answers answers,
      Shared shared) {
    this.loop = loop;
    this.ordering = ordering;
    this.waiters = waiters;
    this.bodies = bodies;
    this.answers = answers;
    this.transactions = new TransactionAnswers(answers, shared.height());
    this.counters = shared.counters();
    this.maxTransaction = ordering.genesis().limits().maxTxBytes();
  }

  /** Takes a request from its head to its answer. */
  public void handle(HttpServerRequest request, Connections.Line line) {
    if (Query.of(request, List.of()) instanceof Query.Faulty(var problem)) {
      refuse(request, line, problem);
      return;
    }
    var form = SubmissionBody.of(request).orElse(null);
    if (form == null) {
      refuse(
          request,
          line,
          Problem.of(
              415,
              "unsupported-media-type",
              "send application/octet-stream (the bytes themselves) or application/json"
                  + " ({\"payload\":\"<base64>\"}), not encoded otherwise"));
      return;
    }
    switch (wait(request)) {
      case Wait.Faulty(var problem) -> refuse(request, line, problem);
      case Wait.Seconds(var seconds) ->
          bodies.read(
              request,
              form.cap(maxTransaction),
              body -> {
                line.answering();
                guarded(request, () -> received(request, form.read(body, maxTransaction), seconds));
              },
              problem -> refuse(request, line, problem));
    }
  }

  /** Answers while the body may still be on its way. */
  private void refuse(HttpServerRequest request, Connections.Line line, Problem problem) {
    answers.problem(request, problem);
    if (!request.isEnded()) {
      line.linger();
    }
  }

  private void received(HttpServerRequest request, SubmissionBody.Reading reading, int seconds) {
    switch (reading) {
      case SubmissionBody.Reading.Faulty(var problem) -> answers.problem(request, problem);
      case SubmissionBody.Reading.Payload(var bytes) -> submit(request, bytes, seconds);
    }
  }

  private void submit(HttpServerRequest request, Bytes bytes, int seconds) {
    if (bytes.isEmpty()) {
      answers.problem(request, Problem.of(new Rejection.Empty()));
      return;
    }
    if (bytes.length() > maxTransaction) {
      answers.problem(
          request, Problem.of(new Rejection.TooLarge(maxTransaction)).with("field", "payload"));
      return;
    }
    var submission = new Submission(request, Transaction.of(bytes));
    if (seconds > 0) {
      submission.waitFor(seconds);
    }
    counters.submissions.increment();
    var _ =
        ordering
            .submit(submission.transaction)
            .whenComplete(
                (admission, failure) ->
                    onLoop(() -> guarded(request, () -> submission.judged(admission, failure))));
  }

  /** Behind the head nobody above us answers for a failure. */
  private void guarded(HttpServerRequest request, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException failure) {
      answers.failed(request, failure);
    }
  }

  private void onLoop(Runnable task) {
    if (Thread.currentThread().equals(thread)) {
      task.run();
    } else {
      loop.runOnContext(_ -> task.run());
    }
  }

  private static Wait wait(HttpServerRequest request) {
    return request.headers().contains(PREFER)
        ? Wait.ofPrefer(request.headers().getAll(PREFER))
        : Wait.NONE;
  }

  /** One transaction on its way from the body to the answer. */
  private final class Submission implements Waiters.Outcome {
    private final HttpServerRequest request;
    private final Transaction transaction;

    private Waiters.@Nullable Waiter waiter;
    private @Nullable Location location;
    private boolean admitted;
    private boolean answered;

    Submission(HttpServerRequest request, Transaction transaction) {
      this.request = request;
      this.transaction = transaction;
    }

    void waitFor(int seconds) {
      var mine = waiters.add(transaction.id(), seconds, this);
      waiter = mine;
      request
          .response()
          .closeHandler(
              _ -> {
                answered = true;
                mine.cancel();
              });
    }

    void judged(@Nullable Admission admission, @Nullable Throwable failure) {
      if (answered) {
        return;
      }
      switch (admission) {
        case Admission.Admitted() -> pending(false);
        case Admission.AlreadyPending() -> pending(true);
        case Admission.AlreadyCommitted(var at) -> committed(200, at);
        case Admission.Refused(var rejection) ->
            problem(Problem.of(rejection).with("txId", transaction.id().hex()));
        case null -> throw new IllegalStateException("a submission failed", failure);
      }
    }

    @Override
    public void committed(Location at) {
      location = at;
      if (admitted) {
        committed(201, at);
      }
    }

    @Override
    public void expired() {
      if (!answered) {
        answered = true;
        transactions.expired(request, transaction.id(), admitted ? "ADMITTED" : "RECEIVED");
      }
    }

    @Override
    public void stopping() {
      problem(Problem.of(new Rejection.Stopping()).with("txId", transaction.id().hex()));
    }

    @Override
    public void failed(RuntimeException failure) {
      if (!answered) {
        finish();
        answers.failed(request, failure);
      }
    }

    private void pending(boolean before) {
      admitted = true;
      if (location != null) {
        committed(201, location);
      } else if (waiter == null) {
        answered = true;
        transactions.underway(request, 202, transaction.id(), "ADMITTED");
      } else if (before) {
        waiter.lookAgain();
      }
    }

    private void committed(int status, Location at) {
      if (!answered) {
        finish();
        transactions.committed(request, status, transaction.id(), at);
      }
    }

    private void problem(Problem problem) {
      if (!answered) {
        finish();
        answers.problem(request, problem);
      }
    }

    private void finish() {
      answered = true;
      if (waiter != null) {
        waiter.cancel();
      }
    }
  }
}
