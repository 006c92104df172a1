package dev.quorate.node.e2e.failover;

/**
 * Who leads a network of processes, as its nodes say, and what becomes of that when one of them
 * goes: the only thing in which the engines differ for whoever looks at them from outside.
 *
 * <p>It remembers how things stood when it looked last; clients keep the network busy meanwhile.
 */
interface Leadership {
  /** Looks how things stand, and says which node leads. */
  int look();

  /** Fails unless others lead in place of a node that led, and is away since it was looked. */
  void assertReplaced(int away);

  /** Fails unless those who lead do so as before, while a node that did not lead is away. */
  void assertSpared(int away);

  /** Fails unless a node that was away takes part again as is due to it, and disturbs nobody. */
  void assertBack(int returned);
}
