package dev.quorate.simulator.node;

import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.SignGuard;
import dev.quorate.crypto.KeyPair;
import dev.quorate.replica.Network;
import dev.quorate.simulator.observe.Role;

/**
 * In which a node differs from a correct one: what it puts in the place of the engine, the guard or
 * the way to the net. It is asked again at every start of the process.
 */
public interface Sin {
  /** No sin at all. */
  Sin NONE =
      new Sin() {
        @Override
        public String name() {
          return "none";
        }

        @Override
        public Role role() {
          return Role.CORRECT;
        }
      };

  /** What it is called, in plans and tables. */
  String name();

  /** What oracles may expect of the node. */
  default Role role() {
    return Role.BYZANTINE;
  }

  /** What runs instead of the engine. */
  default <M extends Message<M>> EngineProvider<M> engine(
      EngineProvider<M> honest, Surroundings world) {
    return honest;
  }

  /** What signs instead of the guard; only this node's key is at hand. */
  default SignGuard guard(SignGuard honest, KeyPair key, Surroundings world) {
    return honest;
  }

  /** What takes frames instead of the net. */
  default Network network(Network honest, Surroundings world) {
    return honest;
  }
}
