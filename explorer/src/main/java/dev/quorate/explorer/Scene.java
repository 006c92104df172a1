package dev.quorate.explorer;

import dev.quorate.consensus.core.Message;

/** Who takes part in a trace, and all that was built, signed and sent in it so far. */
public record Scene<M extends Message<M>>(
    Play<M> play, Cast cast, Blocks blocks, Ballots ballots, Soup<M> soup) {
  /** Nothing has happened yet. */
  public static <M extends Message<M>> Scene<M> drawn(Play<M> play, Chance chance) {
    var cast = Cast.drawn(chance);
    return new Scene<>(
        play,
        cast,
        new Blocks(play.heights(), play.blocks()),
        new Ballots(cast),
        new Soup<>(play.kindOf()));
  }
}
