package dev.quorate.node.config;

import java.util.List;

/**
 * One thing that is wrong in a configuration.
 *
 * @param where the file with line and column, or the variable of the environment
 * @param subject the key, with its value if that is what is wrong
 * @param what what is wrong, and how to mend it if that is known
 */
public record Fault(String where, String subject, String what) {
  private static final int SUBJECT_WIDTH = 35;

  /** The faults as aligned lines, one each. */
  public static List<String> lines(List<Fault> faults) {
    int place = faults.stream().mapToInt(fault -> fault.where.length()).max().orElse(0);
    int subject = faults.stream().mapToInt(fault -> fault.subject.length()).max().orElse(0);
    var row = "%-" + (place + 2) + "s%-" + (Math.max(subject, SUBJECT_WIDTH) + 2) + "s%s";
    return faults.stream()
        .map(fault -> row.formatted(fault.where, fault.subject, fault.what))
        .toList();
  }

  /** The number of faults in words: {@code 1 fault}, {@code 2 faults}. */
  public static String count(List<Fault> faults) {
    return faults.size() == 1 ? "1 fault" : faults.size() + " faults";
  }
}
