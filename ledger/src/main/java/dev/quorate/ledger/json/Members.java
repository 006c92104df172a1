package dev.quorate.ledger.json;

import java.util.List;
import java.util.Optional;

/**
 * Takes the members of one object out by name and kind. What is missing, of another kind or not
 * known is noted in {@link Faults} and comes out empty, so that reading goes on to the next fault.
 */
public final class Members {
  private final Json.Obj object;
  private final String path;
  private final Faults faults;

  private Members(Json.Obj object, String path, Faults faults) {
    this.object = object;
    this.path = path;
    this.faults = faults;
  }

  /**
   * The members of a value, if it is an object; names that are not in {@code known} are faults.
   *
   * @param path of the value, empty for the document itself
   */
  public static Optional<Members> of(Json value, String path, List<String> known, Faults faults) {
    if (!(value instanceof Json.Obj object)) {
      faults.add(value.place(), path, "must be an object, not " + value.kind());
      return Optional.empty();
    }
    var members = new Members(object, path, faults);
    object
        .members()
        .forEach(
            (name, member) -> {
              if (!known.contains(name)) {
                var hint =
                    Nearest.to(name, known).map(it -> "; did you mean \"" + it + "\"?").orElse("");
                faults.add(member.name(), members.pathOf(name), "no such member" + hint);
              }
            });
    return Optional.of(members);
  }

  /** The path of a member, for faults and for what is inside it. */
  public String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Where the member's value begins, or the object if there is none. */
  public Json.Place placeOf(String name) {
    return find(name).map(Json::place).orElse(object.place());
  }

  /** Notes a fault of a member's value. */
  public void fault(String name, String what) {
    faults.add(placeOf(name), pathOf(name), what);
  }

  /** Whatever the member holds; empty if it is missing, which is no fault. */
  public Optional<Json> find(String name) {
    return Optional.ofNullable(object.members().get(name)).map(Json.Member::value);
  }

  /** Whatever the member holds; missing is a fault. */
  public Optional<Json> require(String name) {
    var value = find(name);
    if (value.isEmpty()) {
      faults.add(object.place(), pathOf(name), "is missing");
    }
    return value;
  }

  /** A text; missing is a fault. */
  public Optional<String> text(String name) {
    return require(name).flatMap(it -> asText(name, it));
  }

  /** A whole number that a {@code long} holds, written without fraction or exponent. */
  public Optional<Long> integer(String name) {
    return require(name).flatMap(it -> asInteger(name, it));
  }

  /** The same, with a value for a missing member. */
  public Optional<Long> integer(String name, long missing) {
    return find(name).map(it -> asInteger(name, it)).orElse(Optional.of(missing));
  }

  /** True or false, with a value for a missing member. */
  public Optional<Boolean> bool(String name, boolean missing) {
    var value = find(name);
    if (value.isEmpty()) {
      return Optional.of(missing);
    }
    if (value.get() instanceof Json.Bool bool) {
      return Optional.of(bool.value());
    }
    return wrongKind(name, value.get(), "true or false");
  }

  /** A list; missing is a fault. */
  public Optional<List<Json>> list(String name) {
    return require(name)
        .flatMap(
            it ->
                it instanceof Json.Arr list
                    ? Optional.of(list.elements())
                    : wrongKind(name, it, "a list"));
  }

  private Optional<String> asText(String name, Json value) {
    return value instanceof Json.Text text
        ? Optional.of(text.value())
        : wrongKind(name, value, "a text");
  }

  private Optional<Long> asInteger(String name, Json value) {
    if (!(value instanceof Json.Num number)) {
      return wrongKind(name, value, "a number");
    }
    try {
      return Optional.of(Long.parseLong(number.literal()));
    } catch (NumberFormatException tooLargeOrFraction) {
      fault(name, number.literal() + " is not a whole number of 64 bits");
      return Optional.empty();
    }
  }

  private <T> Optional<T> wrongKind(String name, Json value, String expected) {
    fault(name, "must be " + expected + ", not " + value.kind());
    return Optional.empty();
  }
}
