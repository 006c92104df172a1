package dev.quorate.node.config;

import dev.quorate.node.config.Rule.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * The keys of a TOML file with an environment laid over them, and the faults found while they are
 * read. The variable {@code QUORATE_API_LISTEN} stands for the key {@code api.listen}.
 */
final class Settings {
  private static final String PREFIX = "QUORATE_";

  private final String file;
  private final List<String> lines;
  private final TomlParseResult toml;
  private final Map<String, String> environment;
  private final List<Placed> faults = new ArrayList<>();

  Settings(String file, String text, Map<String, String> environment) {
    this.file = file;
    this.lines = text.lines().toList();
    this.toml = Toml.parse(text);
    this.environment = environment;
    for (var error : toml.errors()) {
      var position = error.position();
      fault(place(position.line(), position.column()), "", String.valueOf(error.getMessage()));
    }
  }

  /** The value of a key that must be there; the placeholder when a fault was noted instead. */
  <T> T required(String key, T placeholder, Rule<T> rule) {
    var given = find(key);
    if (given.isEmpty()) {
      missing(key);
      return placeholder;
    }
    return read(given.get(), placeholder, rule);
  }

  /** The value of a key that may be left out. */
  <T> T optional(String key, T byDefault, Rule<T> rule) {
    return find(key).map(given -> read(given, byDefault, rule)).orElse(byDefault);
  }

  /** The entries of a table, in the order of their names; from the environment {@code a=x,b=y}. */
  <T> SortedMap<String, T> table(String key, T placeholder, Rule<T> rule) {
    var entries = new TreeMap<String, T>();
    var variable = environment.get(variable(key));
    if (variable != null) {
      for (var entry : variable.split(",", -1)) {
        var parts = entry.split("=", 2);
        var place = Place.of(variable(key));
        var given = new Given(place, key + " = \"" + entry + "\"", parts[parts.length - 1]);
        entries.put(parts[0].strip(), read(given, placeholder, rule));
      }
      return entries;
    }
    var path = List.of(key.split("\\."));
    var value = toml.get(path);
    if (value instanceof TomlTable table) {
      for (var name : table.keySet()) {
        var full = new ArrayList<>(path);
        full.add(name);
        given(full).ifPresent(given -> entries.put(name, read(given, placeholder, rule)));
      }
    } else if (value != null) {
      given(path).ifPresent(it -> fault(it, "must be a table of names and values"));
    }
    return entries;
  }

  /** Notes a fault of a value that only its meaning shows. */
  void fault(String key, String what) {
    find(key).ifPresentOrElse(given -> fault(given, what), () -> missing(key));
  }

  /** Notes a fault of one entry of a table. */
  void faultInTable(String key, String name, String what) {
    var path = new ArrayList<>(List.of(key.split("\\.")));
    path.add(name);
    fault(placeOf(path), key + "." + name, what);
  }

  /** Notes every key and table that nothing reads, with the nearest one that something does. */
  void refuseAllBut(List<String> keys, List<String> tables) {
    var known = new TreeSet<>(keys);
    known.addAll(tables);
    for (var key : List.copyOf(known)) {
      known.add(key.substring(0, key.indexOf('.')));
    }
    for (var path : toml.keyPathSet(true)) {
      var key = String.join(".", path);
      var parent = String.join(".", path.subList(0, path.size() - 1));
      boolean stranger = !known.contains(key) && !tables.contains(parent);
      if (stranger && (parent.isEmpty() || known.contains(parent))) {
        fault(placeOf(path), key, "no such key" + NearestWord.hint(key, known));
      }
    }
    refuseNearMisses(known);
  }

  /** The faults in the order of the file; those of the environment come last. */
  List<Fault> faults() {
    return faults.stream()
        .sorted(
            Comparator.<Placed>comparingInt(it -> it.place.line)
                .thenComparingInt(it -> it.place.column))
        .map(Placed::fault)
        .toList();
  }

  /** A variable that is nearly the name of a key is a slip; others are none of our business. */
  private void refuseNearMisses(Set<String> keys) {
    var variables = new TreeSet<String>();
    keys.stream().filter(key -> key.contains(".")).map(Settings::variable).forEach(variables::add);
    for (var name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith(PREFIX) && !variables.contains(name)) {
        variables.stream()
            .filter(known -> NearestWord.edits(name, known) <= 2)
            .findFirst()
            .ifPresent(known -> misspelt(name, known));
      }
    }
  }

  private void misspelt(String name, String known) {
    var what = "no such variable; did you mean \"" + known + "\"?";
    fault(Place.of(name), name, what);
  }

  private <T> T read(Given given, T placeholder, Rule<T> rule) {
    return switch (rule.read(given.value)) {
      case Outcome.Fine<T>(var value) -> value;
      case Outcome.Wrong<T>(var what) -> {
        fault(given, what);
        yield placeholder;
      }
    };
  }

  private Optional<Given> find(String key) {
    var variable = variable(key);
    var value = environment.get(variable);
    if (value == null) {
      return given(List.of(key.split("\\.")));
    }
    boolean number = value.matches("-?\\d{1,18}");
    var subject = key + " = " + (number ? value : "\"" + value + "\"");
    return Optional.of(
        new Given(Place.of(variable), subject, number ? Long.valueOf(value) : value));
  }

  private Optional<Given> given(List<String> path) {
    var value = toml.get(path);
    var position = toml.inputPositionOf(path);
    if (value == null || position == null) {
      return Optional.empty();
    }
    int column = columnOfValue(position);
    var subject = String.join(".", path) + " = " + shown(value, position.line(), column);
    return Optional.of(new Given(place(position.line(), column), subject, value));
  }

  /** The parser points at the key; a wrong value is marked where the value begins. */
  private int columnOfValue(TomlPosition key) {
    var line = lines.get(key.line() - 1);
    int at = line.indexOf('=', key.column() - 1) + 1;
    while (at > 0 && at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at == 0 ? key.column() : at + 1;
  }

  private String shown(Object value, int line, int column) {
    if (value instanceof String text) {
      return "\"" + text + "\"";
    }
    var written = lines.get(line - 1).substring(Math.max(0, column - 1)).strip();
    return value instanceof Long || value instanceof Boolean || value instanceof Double
        ? String.valueOf(value)
        : written;
  }

  private void missing(String key) {
    int dot = key.indexOf('.');
    fault(placeOf(List.of(key.substring(0, dot))), key, "missing");
  }

  private void fault(Given given, String what) {
    fault(given.place, given.subject, what);
  }

  private void fault(Place place, String subject, String what) {
    faults.add(new Placed(place, new Fault(place.name, subject, what)));
  }

  /** Where a key stands; the beginning of the file for one that does not. */
  private Place placeOf(List<String> path) {
    var position = toml.inputPositionOf(path);
    return position == null ? place(1, 1) : place(position.line(), position.column());
  }

  private Place place(int line, int column) {
    return new Place(file + ":" + line + ":" + column, line, column);
  }

  private static String variable(String key) {
    return PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** Where something stands; variables of the environment come behind every line. */
  private record Place(String name, int line, int column) {
    static Place of(String variable) {
      return new Place(variable, Integer.MAX_VALUE, 0);
    }
  }

  /** A value with the place where it stands. */
  private record Given(Place place, String subject, Object value) {}

  /** A fault with what it is sorted by. */
  private record Placed(Place place, Fault fault) {}
}
