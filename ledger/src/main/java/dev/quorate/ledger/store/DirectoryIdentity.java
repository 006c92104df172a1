package dev.quorate.ledger.store;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.PublicKey;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.json.Faults;
import dev.quorate.ledger.json.Members;
import dev.quorate.ledger.json.StrictJson;
import java.util.List;
import java.util.Optional;

/**
 * Whose data a folder holds: the content of {@code identity.json}.
 *
 * @param format of the whole folder
 * @param genesisHash hexadecimal
 * @param nodeKey hexadecimal
 */
record DirectoryIdentity(
    long format, String chainId, String genesisHash, String engine, String nodeKey) {
  /** The format this program writes and reads. */
  static final int FORMAT = 1;

  private static final int MAX_BYTES = 4_096;

  private static final List<String> MEMBERS =
      List.of("format", "chain_id", "genesis_hash", "engine", "node_key");

  static DirectoryIdentity of(Genesis genesis, PublicKey nodeKey) {
    return new DirectoryIdentity(
        FORMAT, genesis.chainId(), genesis.hash().hex(), genesis.engine(), nodeKey.bytes().hex());
  }

  /** The identity in a file; empty when it cannot be read as one. */
  static Optional<DirectoryIdentity> read(Bytes file) {
    var faults = new Faults();
    return StrictJson.parse(file, MAX_BYTES, faults)
        .flatMap(it -> Members.of(it, "", MEMBERS, faults))
        .map(
            it ->
                new DirectoryIdentity(
                    it.integer("format").orElse(0L),
                    it.text("chain_id").orElse(""),
                    it.text("genesis_hash").orElse(""),
                    it.text("engine").orElse(""),
                    it.text("node_key").orElse("")))
        .filter(_ -> faults.isEmpty());
  }

  /** The file: chain id and engine have passed genesis's rules, which leave nothing to escape. */
  Bytes write() {
    return Bytes.utf8(
        """
        {
          "format": %d,
          "chain_id": "%s",
          "genesis_hash": "%s",
          "engine": "%s",
          "node_key": "%s"
        }
        """
            .formatted(format, chainId, genesisHash, engine, nodeKey));
  }

  /** Why a node with another identity may not use the folder; empty when it is the same one. */
  Optional<String> differsFrom(DirectoryIdentity node) {
    if (format != node.format) {
      return Optional.of("it has format %d, this program reads %d".formatted(format, node.format));
    }
    if (!chainId.equals(node.chainId)) {
      return Optional.of("it is of chain %s, not %s".formatted(chainId, node.chainId));
    }
    if (!engine.equals(node.engine)) {
      return Optional.of("it was made by engine %s, not %s".formatted(engine, node.engine));
    }
    if (!genesisHash.equals(node.genesisHash)) {
      return Optional.of("it is of genesis %s, not %s".formatted(genesisHash, node.genesisHash));
    }
    if (!nodeKey.equals(node.nodeKey)) {
      return Optional.of("it is of the node with key %s, not %s".formatted(nodeKey, node.nodeKey));
    }
    return Optional.empty();
  }

  /** Whether a genesis is the one that the folder is of. */
  boolean isOf(Genesis genesis) {
    return Hash.fromHex(genesisHash).equals(genesis.hash());
  }
}
