package dev.quorate.node.cli;

import dev.quorate.crypto.Ed25519;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.store.ChainVerifier;
import dev.quorate.ledger.store.DataDirectory;
import dev.quorate.ledger.store.DataDirectory.Opening;
import dev.quorate.ledger.store.LmdbChainStore;
import dev.quorate.ledger.store.StorageException;
import dev.quorate.ledger.store.StoreOptions;
import dev.quorate.node.ExitCode;
import dev.quorate.node.StartRefused;
import dev.quorate.node.network.Engines;
import dev.quorate.node.network.GenesisFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verifies without asking anybody. */
@Command(
    name = "verify",
    description = "Verify without a network.",
    subcommands = {VerifyCommand.Chain.class, LightClientCommand.class})
final class VerifyCommand {
  /** Audits the chain in a node's data folder. */
  @Command(
      name = "chain",
      description = "Audit the whole chain in the data folder of a node that does not run.")
  static final class Chain implements Callable<Integer> {
    @Mixin private final OutputOptions output = new OutputOptions();

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "a data folder")
    private Path data = Path.of("data");

    @Option(
        names = "--genesis",
        paramLabel = "FILE",
        description = "the network's genesis file (default: the folder's own copy)")
    private @Nullable Path genesis;

    @Override
    public Integer call() {
      return switch (DataDirectory.openReadOnly(data)) {
        case Opening.Refused(var reason, boolean damaged) when damaged -> {
          output.error(reason);
          yield ExitCode.INVALID;
        }
        case Opening.Refused(var reason, _) -> throw new StartRefused(reason);
        case Opening.Opened(var directory) -> {
          try (directory) {
            yield verify(directory);
          }
        }
      };
    }

    private int verify(DataDirectory directory) {
      var trusted = Optional.ofNullable(genesis).map(GenesisFile::read).orElse(directory.genesis());
      if (!trusted.equals(directory.genesis())) {
        output.error(
            "%s is of genesis %s, and not of the given one, %s"
                .formatted(data, directory.genesis().hash(), trusted.hash()));
        return ExitCode.INVALID;
      }
      var options = StoreOptions.defaults(Runnable::run, output::hint);
      try (var store = LmdbChainStore.openReadOnly(directory.path(), trusted, options)) {
        return report(trusted, store);
      } catch (StorageException e) {
        output.error(String.valueOf(e.getMessage()));
        return ExitCode.INVALID;
      }
    }

    private int report(Genesis trusted, LmdbChainStore store) {
      var engine = Engines.find(trusted.engine());
      if (engine.isEmpty()) {
        output.error(Engines.unknown(trusted.engine()));
        return ExitCode.INVALID;
      }
      var verifier = new ChainVerifier(trusted, engine.get().blockShape(), Ed25519.INSTANCE);
      return switch (verifier.verify(store, _ -> {})) {
        case ChainVerifier.Result.Ok(var height, var block, long transactions) -> {
          output.result(
              output.isTable()
                  ? "chain ok: height %d, block %s, %d transactions"
                      .formatted(height.value(), block, transactions)
                  : "{\"ok\":true,\"height\":%d,\"block\":\"%s\",\"transactions\":%d}"
                      .formatted(height.value(), block, transactions));
          yield ExitCode.OK;
        }
        case ChainVerifier.Result.Broken(var height, var what) -> {
          output.result("chain broken at height %d: %s".formatted(height.value(), what));
          yield ExitCode.INVALID;
        }
      };
    }
  }
}
