package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.Network;
import dev.quorate.simulator.clock.Agenda;
import dev.quorate.simulator.node.Identity;
import dev.quorate.simulator.node.Inlet;
import dev.quorate.simulator.node.Sin;
import dev.quorate.simulator.node.Surroundings;
import dev.quorate.simulator.observe.Observation;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A node's sin that is played by an {@link Actor}, which outlives the node's process: it goes on
 * speaking while the replica below is down.
 */
public final class Part implements Sin {
  private final ValidatorId self;
  private final Keyring keys;
  private final List<Scene> scenes;
  private final OwnWords words;
  private @Nullable Actor actor;
  private @Nullable Inlet inlet;

  public Part(ValidatorId self, Keyring keys, List<Scene> scenes) {
    this.self = self;
    this.keys = keys;
    this.scenes = List.copyOf(scenes);
    this.words = new OwnWords(self);
  }

  @Override
  public String name() {
    return scenes.stream().map(it -> it.trick().name()).collect(Collectors.joining(" + "));
  }

  @Override
  public Network network(Network honest, Identity who, Surroundings world) {
    var acting = actor;
    if (acting == null) {
      var chance = world.chance().stream("actor " + self);
      acting = new Actor(self, keys, scenes, stage(world), chance);
      actor = acting;
      acting.begin();
    }
    return network(acting, world);
  }

  @Override
  public void arriving(ValidatorId from, Bytes frame, Inlet honest) {
    inlet = honest;
    if (actor == null) {
      honest.hear(from, frame);
    } else {
      actor.arriving(from, frame);
    }
  }

  private Network network(Actor acting, Surroundings world) {
    var others =
        world.genesis().validatorSet().members().stream()
            .map(Validator::id)
            .filter(it -> !it.equals(self))
            .toList();
    return new Network() {
      @Override
      public boolean send(ValidatorId to, Bytes frame) {
        words.said(frame, world);
        acting.leaving(List.of(to), frame);
        return true;
      }

      @Override
      public void broadcast(Bytes frame) {
        words.said(frame, world);
        acting.leaving(others, frame);
      }
    };
  }

  private Stage stage(Surroundings world) {
    return new Stage() {
      @Override
      public Agenda agenda() {
        return world.agenda();
      }

      @Override
      public Genesis genesis() {
        return world.genesis();
      }

      @Override
      public SignatureScheme scheme() {
        return world.scheme();
      }

      @Override
      public void send(ValidatorId to, Bytes frame) {
        // Not by the replica's own way to the net: that is cut when its process dies.
        world.observe(new Observation.Sent(world.agenda().instant(), self, 0, to, frame));
        world.net().send(self, to, frame);
      }

      @Override
      public void invented(Transaction transaction) {
        world.observe(new Observation.Submitted(world.agenda().instant(), self, transaction));
      }

      @Override
      public void hear(ValidatorId from, Bytes frame) {
        if (inlet != null && !words.holdsOthers(frame, world)) {
          inlet.hear(from, frame);
        }
      }
    };
  }
}
