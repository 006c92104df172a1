package dev.quorate.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A JSON object as lines of a name and a value. */
final class MemberTable {
  private MemberTable() {}

  /** The members that are plain values; of an array only its size is shown. */
  static String of(JsonNode object) {
    var lines = new ArrayList<String>();
    append(object, "", lines);
    return String.join("\n", lines);
  }

  private static void append(JsonNode object, String prefix, List<String> lines) {
    for (var member : object.properties()) {
      var name = prefix + member.getKey();
      var value = member.getValue();
      if (value.isObject()) {
        append(value, name + ".", lines);
      } else {
        lines.add("%-32s%s".formatted(name, shown(value)).stripTrailing());
      }
    }
  }

  private static String shown(JsonNode value) {
    return value.isArray() ? value.size() + " entries" : value.asText();
  }
}
