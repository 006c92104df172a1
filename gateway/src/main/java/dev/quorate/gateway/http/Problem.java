package dev.quorate.gateway.http;

import dev.quorate.gateway.Rejection;
import java.util.ArrayList;
import java.util.List;

/**
 * An error as RFC 9457 says it: what happened, whether a retry is safe, and a stable code.
 *
 * @param members what else is known, in the order of writing; values are text, numbers or booleans
 */
public record Problem(
    int status, String code, String detail, long retryAfterMs, List<Member> members) {

  /** One more member of the answer. */
  public record Member(String name, Object value) {}

  public Problem {
    members = List.copyOf(members);
  }

  /** An error that the same request will meet again. */
  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, 0, List.of());
  }

  /** A member of the body, {@code field} by name, that is not what it must be. */
  public static Problem body(String field, String detail) {
    return of(400, "invalid-body", detail).with("field", field);
  }

  /** A query parameter, path segment or header, {@code field} by name, that makes no sense. */
  public static Problem parameter(String field, String detail) {
    return of(400, "invalid-parameter", detail).with("field", field);
  }

  public static Problem of(Rejection rejection) {
    var terms = rejection.terms();
    return new Problem(
        terms.httpStatus(), terms.code(), rejection.detail(), terms.retryAfterMs(), List.of());
  }

  public Problem with(String name, Object value) {
    var more = new ArrayList<>(members);
    more.add(new Member(name, value));
    return new Problem(status, code, detail, retryAfterMs, more);
  }

  public Problem retryAfter(long ms) {
    return new Problem(status, code, detail, ms, members);
  }

  public boolean retryable() {
    return retryAfterMs > 0;
  }
}
