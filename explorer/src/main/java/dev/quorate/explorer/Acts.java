package dev.quorate.explorer;

import dev.quorate.consensus.core.Message;

/**
 * What can happen on the stage: each act is one or more events, as chance decides.
 *
 * @param <A> the kinds of acts
 */
public interface Acts<M extends Message<M>, A extends Enum<A>> {
  /** The replica runs; mostly transactions wait for it. */
  void start(Correct<M> it);

  /** Something of this kind happens to a replica. */
  void play(A act, Correct<M> it);
}
