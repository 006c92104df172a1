package dev.quorate.node.network;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.GenesisReading;
import dev.quorate.node.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** A genesis file on disk. */
public final class GenesisFile {
  private static final long MAX_BYTES = 16 << 20;

  private GenesisFile() {}

  /** What the file says; refuses one that cannot be read or that no network can be run with. */
  public static Genesis read(Path file) {
    var genesis = parse(file);
    var provider =
        Engines.find(genesis.engine())
            .orElseThrow(() -> new StartRefused(file + ": " + Engines.unknown(genesis.engine())));
    var faults = provider.faults(genesis.parameters());
    if (!faults.isEmpty()) {
      throw new StartRefused(file + ": parameters: " + String.join("; ", faults));
    }
    return genesis;
  }

  private static Genesis parse(Path file) {
    Bytes bytes;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new StartRefused("genesis file " + file + " is larger than 16 MiB");
      }
      bytes = Bytes.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new StartRefused("genesis file " + file + " cannot be read: " + FileTrouble.why(e));
    }
    return switch (Genesis.read(bytes)) {
      case GenesisReading.Read(var genesis) -> genesis;
      case GenesisReading.Faulty(var faults) -> {
        var lines = new ArrayList<String>();
        faults.forEach(fault -> lines.add(file + ":" + fault));
        throw new StartRefused(lines);
      }
    };
  }
}
