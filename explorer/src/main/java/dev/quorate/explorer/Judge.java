package dev.quorate.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import java.util.function.IntPredicate;

/**
 * What must hold at every step, judged from outside: by what correct validators signed and made
 * durable, over all their lives. Throws {@link Broken}.
 */
public interface Judge<M extends Message<M>> {
  /** An engine takes its next step. */
  void stepBegins(Correct<M> validator);

  /** It has taken it, and what it wants to be durable is; nothing has left yet. */
  void stepped(Correct<M> validator);

  /** A correct engine wants this to be signed, as far as it is not, and sent. */
  void asked(int validator, M message);

  /**
   * A correct validator signed this, or relays it, and let it out.
   *
   * @param disk the numbers of the undelivered blocks that it has stored
   */
  void said(int validator, M message, IntPredicate disk);

  /** A correct replica appends a block to its chain. */
  void delivered(int validator, Block block, Certificate commit);

  /** A correct engine says that this validator signed two things. */
  void accused(int validator, SignedVote vote);

  /** A correct engine halts. */
  void halted(int validator, String reason);

  /** An exception left a correct engine. */
  void threw(int validator, String exception);
}
