package dev.quorate.replica.listen;

/** Whether a replica signs what its engine asks for, and if not, why not. */
public sealed interface Voice {
  /** It signs. */
  record Speaking() implements Voice {}

  /**
   * It has just started and asks its peers what they hold of it.
   *
   * @param answered how many have answered
   * @param validators how many others there are
   */
  record Listening(int answered, int validators) implements Voice {}

  /**
   * It has lost what it promised, and signs nothing until that cannot matter any more.
   *
   * @param lost how it lost it
   * @param waitsFor what has to happen first
   */
  record Observing(String lost, String waitsFor) implements Voice {}

  /** One sentence for operators. */
  default String sentence() {
    return switch (this) {
      case Speaking() -> "votes";
      case Listening(var answered, var validators) ->
          "listens before it votes: %d of %d validators have said what they hold of it"
              .formatted(answered, validators);
      case Observing(var lost, var waitsFor) ->
          "does not vote: %s; waits for %s".formatted(lost, waitsFor);
    };
  }
}
