package dev.quorate.explorer;

import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.vote.Height;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * What is the same in all traces of one engine.
 *
 * @param parameters the engine's own, by name
 * @param signatures how many signatures a message asks for at most
 * @param kindOf what a message is about
 * @param heights the last height at which a block is built
 * @param blocks how many are built at most
 * @param crashesAtRest whether a planned crash may also come when a step is over
 */
public record Play<M extends Message<M>>(
    EngineProvider<M> provider,
    SortedMap<String, Long> parameters,
    int signatures,
    Function<M, Enum<?>> kindOf,
    int heights,
    int blocks,
    boolean crashesAtRest) {
  EngineContext contextOf(Cast cast, int validator) {
    return new EngineContext(Cast.CHAIN, cast.id(validator), cast.set(), new Height(1), parameters);
  }
}
