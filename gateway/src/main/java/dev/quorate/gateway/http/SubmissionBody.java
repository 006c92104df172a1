package dev.quorate.gateway.http;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.json.Faults;
import dev.quorate.ledger.json.Members;
import dev.quorate.ledger.json.StrictJson;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The two forms in which a client may hand in a transaction. */
enum SubmissionBody {
  /** {@code application/octet-stream}: the body is the transaction. */
  RAW {
    @Override
    int cap(int maxTransaction) {
      return maxTransaction;
    }

    @Override
    Reading read(Bytes body, int maxTransaction) {
      return new Reading.Payload(body);
    }
  },

  /** {@code application/json}: an object with the transaction in base64. */
  JSON {
    @Override
    int cap(int maxTransaction) {
      return CanonicalBase64.encodedLength(maxTransaction) + JSON_OVERHEAD;
    }

    @Override
    Reading read(Bytes body, int maxTransaction) {
      var faults = new Faults();
      var text =
          StrictJson.parse(body, cap(maxTransaction), faults)
              .flatMap(json -> Members.of(json, "", List.of("payload"), faults))
              .flatMap(members -> members.text("payload"));
      if (text.isEmpty() || !faults.isEmpty()) {
        return new Reading.Faulty(JsonFaults.problem(faults));
      }
      return CanonicalBase64.decode(text.get())
          .<Reading>map(Reading.Payload::new)
          .orElseGet(
              () ->
                  new Reading.Faulty(
                      Problem.body(
                          "payload",
                          "payload must be standard base64 (RFC 4648 section 4), padded")));
    }
  };

  /** What a JSON body may need besides the digits of its payload. */
  static final int JSON_OVERHEAD = 4_096;

  /** A transaction's bytes, or what is wrong with the body. */
  sealed interface Reading {
    record Payload(Bytes bytes) implements Reading {}

    record Faulty(Problem problem) implements Reading {}
  }

  /** The longest body of this form, in bytes. */
  abstract int cap(int maxTransaction);

  abstract Reading read(Bytes body, int maxTransaction);

  /** The form that a request announces; empty for any other. */
  static Optional<SubmissionBody> of(HttpServerRequest request) {
    var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || isEncoded(request)) {
      return Optional.empty();
    }
    var parts = type.toLowerCase(Locale.ROOT).split(";", 2);
    var parameters = parts.length == 1 ? "" : parts[1].replace(" ", "").replace("\"", "");
    return switch (parts[0].strip()) {
      case "application/octet-stream" -> Optional.of(RAW);
      case "application/json" ->
          parameters.isEmpty() || parameters.equals("charset=utf-8")
              ? Optional.of(JSON)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean isEncoded(HttpServerRequest request) {
    var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    return encoding != null && !encoding.equalsIgnoreCase("identity");
  }
}
