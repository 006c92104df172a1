package dev.quorate.node;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.KeyFile;
import dev.quorate.crypto.KeyFile.Strictness;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.PublicKey;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.Genesis.GenesisValidator;
import dev.quorate.node.config.Address;
import dev.quorate.node.config.NearestWord;
import dev.quorate.node.config.NodeConfig;
import dev.quorate.node.network.GenesisFile;
import dev.quorate.transport.PeerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who a node is in its network, and where the others are: what its configuration, its key and the
 * genesis file say together.
 *
 * @param warning the sentence for which the key would be refused if it protected anything
 */
record Membership(Genesis genesis, KeyPair key, Optional<String> warning, List<PeerAddress> peers) {
  Membership {
    peers = List.copyOf(peers);
  }

  /** Reads the files that a configuration names; refuses what does not fit together. */
  static Membership of(NodeConfig config) {
    var genesis = GenesisFile.read(config.network());
    var strictness = genesis.demo() ? Strictness.WARN : Strictness.REFUSE;
    return switch (KeyFile.read(config.keyFile(), strictness)) {
      case KeyFile.Reading.Refused(var reason) -> throw new StartRefused(reason);
      case KeyFile.Reading.Read(var key, var warning) -> {
        requireOwnKey(config, genesis, key.publicKey());
        yield new Membership(genesis, key, warning, peers(config, genesis));
      }
    };
  }

  ValidatorId self() {
    return ValidatorId.of(key.publicKey());
  }

  private static void requireOwnKey(NodeConfig config, Genesis genesis, PublicKey key) {
    var owner = genesis.validators().stream().filter(it -> it.key().equals(key)).findFirst();
    if (owner.isEmpty()) {
      throw new StartRefused(
          "%s: the key in %s is no validator's of %s"
              .formatted(config.file(), config.keyFile(), genesis.chainId()));
    }
    if (!owner.get().name().equals(config.name())) {
      throw new StartRefused(
          "%s: node.name = \"%s\", but the key in %s is that of \"%s\""
              .formatted(config.file(), config.name(), config.keyFile(), owner.get().name()));
    }
  }

  private static List<PeerAddress> peers(NodeConfig config, Genesis genesis) {
    var names = genesis.validators().stream().map(GenesisValidator::name).toList();
    var faults = new ArrayList<String>();
    for (var name : config.p2p().peers().keySet()) {
      if (!names.contains(name) || name.equals(config.name())) {
        faults.add(
            "%s: p2p.peers.%s is no other validator of %s%s"
                .formatted(config.file(), name, genesis.chainId(), NearestWord.hint(name, names)));
      }
    }
    var peers = new ArrayList<PeerAddress>();
    for (var validator : genesis.validators()) {
      Optional<Address> address = Optional.ofNullable(config.p2p().peers().get(validator.name()));
      if (validator.name().equals(config.name())) {
        continue;
      }
      address.ifPresentOrElse(
          it -> peers.add(new PeerAddress(validator.key(), it.host(), it.port())),
          () ->
              faults.add(
                  "%s: p2p.peers.%s is missing; every other validator needs an address"
                      .formatted(config.file(), validator.name())));
    }
    if (!faults.isEmpty()) {
      throw new StartRefused(faults);
    }
    return peers;
  }
}
