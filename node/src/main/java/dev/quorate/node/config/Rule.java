package dev.quorate.node.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How one kind of value is read. */
interface Rule<T> {
  /** The value as its type, or the sentence that says what is wrong with it. */
  Outcome<T> read(Object value);

  /** What came of reading a value. */
  sealed interface Outcome<T> {
    record Fine<T>(T value) implements Outcome<T> {}

    record Wrong<T>(String what) implements Outcome<T> {}
  }

  /** Text that is not blank. */
  static Rule<String> text() {
    return value ->
        switch (value) {
          case String text when !text.isBlank() -> fine(text);
          case String _ -> wrong("must not be blank");
          default -> wrong("must be text in quotes");
        };
  }

  /** A path; a relative one starts from the folder of the file. */
  static Rule<Path> path(Path folder) {
    return value ->
        switch (text().read(value)) {
          case Outcome.Wrong<String>(var what) -> wrong(what);
          case Outcome.Fine<String>(var text) when text.indexOf('\0') >= 0 ->
              wrong("a path has no zero character");
          case Outcome.Fine<String>(var text) -> fine(folder.resolve(text).normalize());
        };
  }

  /** One of a few words, each the lower-case name of a constant. */
  static <E extends Enum<E>> Rule<E> word(String what, List<E> constants) {
    var words = constants.stream().map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
    return value -> {
      var given = String.valueOf(value);
      int index = words.indexOf(given);
      return index >= 0
          ? fine(constants.get(index))
          : wrong(
              "unknown %s%s (%s)"
                  .formatted(what, NearestWord.hint(given, words), String.join(", ", words)));
    };
  }

  /** A whole number within bounds, both included. */
  static Rule<Long> count(long least, long most) {
    return value ->
        switch (number(value)) {
          case Outcome.Wrong<Long> wrong -> wrong;
          case Outcome.Fine<Long>(var number) when number < least || number > most ->
              wrong("must be from %d to %d".formatted(least, most));
          case Outcome.Fine<Long> fine -> fine;
        };
  }

  /** A size in bytes, bare or with a unit of {@link #UNITS}, within bounds, both included. */
  static Rule<Long> size(long least, long most) {
    return value -> {
      var read = value instanceof String text ? sized(text.strip()) : number(value);
      return switch (read) {
        case Outcome.Wrong<Long> wrong -> wrong;
        case Outcome.Fine<Long>(var bytes) when bytes < least || bytes > most ->
            wrong("must be from %d to %d bytes".formatted(least, most));
        case Outcome.Fine<Long> fine -> fine;
      };
    };
  }

  /** A host and a port, {@code 127.0.0.1:7080} or {@code [::1]:7080}. */
  static Rule<Address> address() {
    return value -> {
      if (!(value instanceof String text)) {
        return wrong("must be text in quotes: \"host:port\"");
      }
      var match = ADDRESS.matcher(text);
      if (!match.matches()) {
        return wrong("must be host:port, such as 127.0.0.1:7080 or [::1]:7080");
      }
      int port = Integer.parseInt(match.group("port"));
      if (port < 1 || port > 65_535) {
        return wrong("a port is from 1 to 65535");
      }
      var host = match.group("v6") == null ? match.group("host") : match.group("v6");
      return fine(new Address(host, port));
    };
  }

  /** The units of {@link #size}. */
  List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");

  /** A size: digits, then perhaps a unit. */
  Pattern SIZE = Pattern.compile("(?<digits>\\d{1,15})\\s*(?<unit>\\p{Alpha}*)");

  /** An address: a host, or an IPv6 address in brackets, a colon, a port. */
  Pattern ADDRESS =
      Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<host>[^\\s:\\[\\]]+)):(?<port>\\d{1,5})");

  private static Outcome<Long> sized(String text) {
    var match = SIZE.matcher(text);
    if (!match.matches()) {
      return wrong("must be a size, such as \"256 MiB\"");
    }
    var unit = match.group("unit");
    int power = unit.isEmpty() ? 0 : UNITS.indexOf(unit);
    if (power < 0) {
      return wrong(
          "unknown unit \"%s\"%s (%s)"
              .formatted(unit, NearestWord.hint(unit, UNITS), String.join(", ", UNITS)));
    }
    long digits = Long.parseLong(match.group("digits"));
    long bytes = digits > Long.MAX_VALUE >> (10 * power) ? Long.MAX_VALUE : digits << (10 * power);
    return fine(bytes);
  }

  private static Outcome<Long> number(Object value) {
    return value instanceof Long number ? fine(number) : wrong("must be a whole number");
  }

  private static <T> Outcome<T> fine(T value) {
    return new Outcome.Fine<>(value);
  }

  private static <T> Outcome<T> wrong(String what) {
    return new Outcome.Wrong<>(what);
  }
}
