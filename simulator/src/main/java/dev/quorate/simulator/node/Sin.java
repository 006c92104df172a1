package dev.quorate.simulator.node;

import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.replica.Network;
import dev.quorate.replica.guard.GuardStorage;
import dev.quorate.simulator.observe.Role;

/**
 * In which a node differs from a correct one: what it puts in the place of the engine, the guard's
 * memory or the way to the net. It is asked again at every start of the process.
 *
 * <p>An engine of its own may give messages away that it has signed itself, with the node's own key
 * and no other's: those need no signature any more, so no guard sees them.
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
      EngineProvider<M> honest, Identity self, Surroundings world) {
    return honest;
  }

  /** What the guard takes for its disk. */
  default GuardStorage guard(GuardStorage honest, Identity self, Surroundings world) {
    return honest;
  }

  /** What takes frames instead of the net. */
  default Network network(Network honest, Identity self, Surroundings world) {
    return honest;
  }

  /** Takes a frame that came; the honest way is to let the replica hear it. */
  default void arriving(ValidatorId from, Bytes frame, Inlet honest) {
    honest.hear(from, frame);
  }
}
