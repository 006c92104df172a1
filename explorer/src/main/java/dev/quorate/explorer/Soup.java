package dev.quorate.explorer;

import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.Signed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All that was ever sent: nothing leaves it, and anybody may get anything out of it. */
public final class Soup<M extends Message<M>> {
  private final Function<M, Enum<?>> kindOf;
  private final Map<Enum<?>, List<Sent<M>>> byKind = new HashMap<>();
  private int size;

  Soup(Function<M, Enum<?>> kindOf) {
    this.kindOf = kindOf;
  }

  /** A message by the number of its sending. */
  public record Sent<M extends Message<M>>(int number, Signed<M> signed) {
    public M message() {
      return signed.message();
    }
  }

  Sent<M> add(Signed<M> signed) {
    var sent = new Sent<>(size++, signed);
    of(kindOf.apply(signed.message())).add(sent);
    return sent;
  }

  /** What is about the same, in the order of sending. */
  public List<Sent<M>> of(Enum<?> kind) {
    return byKind.computeIfAbsent(kind, it -> new ArrayList<>());
  }
}
