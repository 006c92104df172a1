package dev.quorate.ledger.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a JSON document that knows where it begins. */
public sealed interface Json {
  Place place();

  /** What people call this kind of value. */
  String kind();

  /** Line and column, from 1; columns count UTF-16 units. */
  record Place(int line, int column) implements Comparable<Place> {
    /** Where a document begins. */
    public static final Place START = new Place(1, 1);

    @Override
    public int compareTo(Place other) {
      return line != other.line
          ? Integer.compare(line, other.line)
          : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
      return line + ":" + column;
    }
  }

  /** A named value; {@code name} is the place of the name. */
  record Member(Place name, Json value) {}

  /** Members in the order of the document, no name twice. */
  record Obj(Place place, Map<String, Member> members) implements Json {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  record Arr(Place place, List<Json> elements) implements Json {
    public Arr {
      elements = List.copyOf(elements);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  record Text(Place place, String value) implements Json {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /** A number as it was written. */
  record Num(Place place, String literal) implements Json {
    @Override
    public String kind() {
      return "a number";
    }
  }

  record Bool(Place place, boolean value) implements Json {
    @Override
    public String kind() {
      return value ? "true" : "false";
    }
  }

  record Nothing(Place place) implements Json {
    @Override
    public String kind() {
      return "null";
    }
  }
}
