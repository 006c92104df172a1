package dev.quorate.node.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One connection to a node's event stream (server-sent events, WHATWG HTML 9.2). */
public final class EventStream implements AutoCloseable {
  private final URI api;
  private final int status;
  private final BufferedReader lines;

  EventStream(URI api, int status, InputStream body) {
    this.api = api;
    this.status = status;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** Where a stream begins. */
  public sealed interface Start {
    /** With the next block. */
    record Next(String types) implements Start {}

    /** With the block of a height. */
    record From(String types, long height) implements Start {}

    /** Behind a position. */
    record After(String types, String id) implements Start {}

    /** The kinds of events wanted, separated by commas. */
    String types();

    /** The query of the request. */
    default String query() {
      var from = this instanceof From(_, long height) ? "&from=" + height : "";
      return "types=" + types() + from;
    }

    /** The header of the request that resumes a stream. */
    default Optional<String> lastEventId() {
      return this instanceof After(_, var id) ? Optional.of(id) : Optional.empty();
    }
  }

  /** The status of the answer: 200, or the stream has no events. */
  public int status() {
    return status;
  }

  /** The whole body of an answer that is no stream. */
  public Answer refusal() {
    return Answer.of(status, lines.lines().reduce("", String::concat));
  }

  /** The next event; blocks until there is one. Empty when the stream ended. */
  public Optional<StreamEvent> next() {
    var type = "message";
    var id = "";
    var data = new StringBuilder();
    try {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            var text = data.toString();
            return Optional.of(new StreamEvent(type, id, text, Answer.read(text)));
          }
          type = "message";
        } else if (line.startsWith("event:")) {
          type = value(line);
        } else if (line.startsWith("id:")) {
          id = value(line);
        } else if (line.startsWith("data:")) {
          data.append(data.isEmpty() ? "" : "\n").append(value(line));
        }
      }
    } catch (IOException e) {
      throw new UnreachableException(api, e);
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String value(String line) {
    var value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
