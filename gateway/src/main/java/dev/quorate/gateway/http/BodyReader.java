package dev.quorate.gateway.http;

import dev.quorate.crypto.Bytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies up to a bound, whether their length is announced or not; belongs to one event loop.
 *
 * <p>Bodies that come in several pieces share a budget, so that many half-sent bodies cannot fill
 * the memory. What comes after a body was refused is thrown away unseen.
 */
public final class BodyReader {
  private final long budget;
  private long held;

  public BodyReader(long budget) {
    this.budget = budget;
  }

  /** Gives the whole body to one of the two, once; to neither if the client leaves before. */
  void read(HttpServerRequest request, int cap, Consumer<Bytes> whole, Consumer<Problem> refused) {
    if (announcedLength(request) > cap) {
      discard(request);
      refused.accept(tooLarge(cap));
      return;
    }
    if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
      request.response().writeContinue();
    }
    new Body(request, cap, whole, refused).start();
  }

  static Problem tooLarge(int cap) {
    return Problem.of(413, "too-large", "the body has more than " + cap + " bytes");
  }

  private static long announcedLength(HttpServerRequest request) {
    var text = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException absurd) {
      return Long.MAX_VALUE;
    }
  }

  private static void discard(HttpServerRequest request) {
    request.handler(_ -> {});
    request.endHandler(_ -> {});
  }

  private final class Body {
    private final HttpServerRequest request;
    private final int cap;
    private final Consumer<Bytes> whole;
    private final Consumer<Problem> refused;

    private @Nullable Buffer first;
    private @Nullable Buffer all;
    private int reserved;
    private boolean over;

    Body(HttpServerRequest request, int cap, Consumer<Bytes> whole, Consumer<Problem> refused) {
      this.request = request;
      this.cap = cap;
      this.whole = whole;
      this.refused = refused;
    }

    void start() {
      request.handler(this::piece).endHandler(_ -> end()).exceptionHandler(_ -> release());
    }

    private void piece(Buffer piece) {
      if (over) {
        return;
      }
      if (first == null) {
        first = piece;
      } else {
        append(first, piece);
      }
      int length = all == null ? piece.length() : all.length();
      if (length > cap) {
        refuse(tooLarge(cap));
      } else if (held > budget) {
        refuse(
            Problem.of(503, "busy", "too many bodies arrive at once; send the same bytes again")
                .retryAfter(500));
      }
    }

    private void append(Buffer start, Buffer piece) {
      if (all == null) {
        all = Buffer.buffer(start.length() + piece.length()).appendBuffer(start);
        reserve(start.length());
      }
      all.appendBuffer(piece);
      reserve(piece.length());
    }

    private void end() {
      if (over) {
        return;
      }
      over = true;
      var body = all != null ? all : first;
      release();
      whole.accept(body == null ? Bytes.EMPTY : Bytes.wrap(body.getBytes()));
    }

    private void refuse(Problem problem) {
      over = true;
      release();
      refused.accept(problem);
    }

    private void reserve(int bytes) {
      held += bytes;
      reserved += bytes;
    }

    private void release() {
      held -= reserved;
      reserved = 0;
      first = null;
      all = null;
    }
  }
}
