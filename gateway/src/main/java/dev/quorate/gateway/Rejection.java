package dev.quorate.gateway;

/** Why a transaction was turned away. The codes are stable: clients branch on them. */
public sealed interface Rejection {
  /** How HTTP says it, and whether the same bytes may be accepted later. */
  Terms terms();

  /** What happened and what to do, in one sentence for people. */
  String detail();

  /**
   * What programs need to know of a rejection.
   *
   * @param code a stable word, in lower case with hyphens
   * @param httpStatus from 400 to 599
   * @param retryAfterMs when a second attempt makes sense; 0 where none does
   */
  record Terms(String code, int httpStatus, long retryAfterMs) {
    public Terms {
      if (httpStatus < 400 || httpStatus > 599 || retryAfterMs < 0) {
        throw new IllegalArgumentException(
            code + " as " + httpStatus + ", " + retryAfterMs + " ms");
      }
    }

    public boolean retryable() {
      return retryAfterMs > 0;
    }
  }

  /** A transaction of no bytes. */
  record Empty() implements Rejection {
    @Override
    public Terms terms() {
      return new Terms("empty-transaction", 422, 0);
    }

    @Override
    public String detail() {
      return "a transaction has at least one byte";
    }
  }

  /** More bytes than the genesis allows. */
  record TooLarge(long limit) implements Rejection {
    @Override
    public Terms terms() {
      return new Terms("too-large", 413, 0);
    }

    @Override
    public String detail() {
      return "a transaction has at most " + limit + " bytes in this network";
    }
  }

  /** The pool holds as much as it may; blocks will make room. */
  record PoolFull(long transactions, long bytes) implements Rejection {
    @Override
    public Terms terms() {
      return new Terms("pool-full", 503, 200);
    }

    @Override
    public String detail() {
      return "the pool is full (%d transactions, %d bytes); send the same bytes again shortly"
          .formatted(transactions, bytes);
    }
  }

  /** Too few validators can be reached to commit anything. */
  record NoQuorum(long reachablePower, long neededPower) implements Rejection {
    @Override
    public Terms terms() {
      return new Terms("no-quorum", 503, 1_000);
    }

    @Override
    public String detail() {
      return "validators of power %d can be reached, %d are needed; send the same bytes later"
          .formatted(reachablePower, neededPower);
    }
  }

  /** This node is shutting down. */
  record Stopping() implements Rejection {
    @Override
    public Terms terms() {
      return new Terms("stopping", 503, 1_000);
    }

    @Override
    public String detail() {
      return "this node is shutting down; send the same bytes to another node";
    }
  }
}
