package dev.quorate.simulator.cli;

import dev.quorate.simulator.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A chunk of seeds in a line of text, with tabs between: {@code commit engine from to}, then what
 * came of it and what it went through, each as {@code name=number}; a seed that violated a rule
 * stands there as {@code violated=seed}.
 */
final class ResultLine {
  /** Ends a line that a crash has cut short, which makes it one that nobody reads. */
  static final String CUT_SHORT = "\tcut short";

  private static final Pattern FIELD = Pattern.compile("[^=]+=[0-9]{1,18}");
  private static final String FAULT = "fault ";
  private static final String MARK = "mark ";

  private ResultLine() {}

  static String of(String key, Chunk chunk) {
    var tally = chunk.tally();
    var fields = new ArrayList<String>();
    fields.add(key);
    fields.add("agreed=" + chunk.agreed());
    fields.add("invalid=" + chunk.invalid());
    chunk.violated().forEach(seed -> fields.add("violated=" + seed));
    fields.add("virtual ms=" + tally.virtual().toMillis());
    fields.add("blocks=" + tally.blocks());
    fields.add("transactions=" + tally.transactions());
    tally.faults().forEach((name, count) -> fields.add(FAULT + name + "=" + count));
    tally.marks().forEach((name, count) -> fields.add(MARK + name + "=" + count));
    return String.join("\t", fields);
  }

  /** The chunk of a line that begins with this key; empty when it does not, or is cut short. */
  static Optional<Chunk> read(String line, String key, long from, long to) {
    var fields = line.split("\t", -1);
    if (!fields[0].equals(key)) {
      return Optional.empty();
    }
    long agreed = 0;
    long invalid = 0;
    long millis = 0;
    long blocks = 0;
    long transactions = 0;
    var violated = new ArrayList<Long>();
    var faults = new TreeMap<String, Long>();
    var marks = new TreeMap<String, Long>();
    for (var field : List.of(fields).subList(1, fields.length)) {
      if (!FIELD.matcher(field).matches()) {
        return Optional.empty();
      }
      int end = field.indexOf('=');
      var name = field.substring(0, end);
      long number = Long.parseLong(field.substring(end + 1));
      switch (name) {
        case "agreed" -> agreed = number;
        case "invalid" -> invalid = number;
        case "violated" -> violated.add(number);
        case "virtual ms" -> millis = number;
        case "blocks" -> blocks = number;
        case "transactions" -> transactions = number;
        default -> put(name, number, faults, marks);
      }
    }
    long runs = agreed + invalid + violated.size();
    var tally = new Tally(runs, Duration.ofMillis(millis), blocks, transactions, faults, marks);
    return runs == to - from
        ? Optional.of(new Chunk(from, to, agreed, invalid, violated, tally))
        : Optional.empty();
  }

  private static void put(
      String name, long number, SortedMap<String, Long> faults, SortedMap<String, Long> marks) {
    if (name.startsWith(FAULT)) {
      faults.put(name.substring(FAULT.length()), number);
    } else if (name.startsWith(MARK)) {
      marks.put(name.substring(MARK.length()), number);
    }
  }
}
