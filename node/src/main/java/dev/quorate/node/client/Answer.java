package dev.quorate.node.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A node's answer.
 *
 * @param status the HTTP status
 * @param text the body as it came
 * @param json the body read; an object without members if it is no JSON
 */
public record Answer(int status, String text, JsonNode json) {
  private static final JsonMapper JSON = new JsonMapper();

  static Answer of(int status, String text) {
    return new Answer(status, text, read(text));
  }

  /** The request was understood and done, or is under way. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /** A member as text, or the given word if there is none. */
  public String text(String member, String otherwise) {
    var value = json.path(member);
    return value.isValueNode() && !value.isNull() ? value.asText() : otherwise;
  }

  /** What a problem document says, in one line. */
  public String problem() {
    var title = text("title", "the node answered " + status);
    var detail = text("detail", "");
    return detail.isEmpty() || detail.equals(title) ? title : title + ": " + detail;
  }

  static JsonNode read(String text) {
    try {
      var json = JSON.readTree(text);
      return json == null ? JSON.createObjectNode() : json;
    } catch (JacksonException _) {
      return JSON.createObjectNode();
    }
  }
}
