package dev.quorate.ledger.store;

import dev.quorate.ledger.store.lmdb.LmdbEnvironment.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * Opens the index of a chain, or begins it anew: it holds nothing that the blocks do not tell, so
 * damage to it is never a reason not to start. An audit, which changes nothing, refuses instead.
 */
final class IndexOpening {
  private IndexOpening() {}

  /**
   * The index in a folder.
   *
   * @param onChain whether the block that a mark names is in the chain
   */
  static TransactionIndex open(
      Path directory,
      StoreOptions options,
      Access access,
      Predicate<TransactionIndex.Mark> onChain) {
    String fault;
    try {
      var index = TransactionIndex.open(directory, options, access);
      if (belongs(index, onChain)) {
        return index;
      }
      index.close();
      fault = "it belongs to another chain, or to a longer one";
    } catch (StorageException e) {
      fault = e.getMessage();
    }
    if (access == Access.READ_ONLY) {
      throw new StorageException(
          "the index cannot be used: " + fault + "; the next start of the node makes a new one");
    }
    options.notices().accept("making a new index from the blocks: " + fault);
    delete(directory);
    return TransactionIndex.open(directory, options, access);
  }

  private static boolean belongs(TransactionIndex index, Predicate<TransactionIndex.Mark> onChain) {
    try {
      return index.mark().map(onChain::test).orElse(true);
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new StorageException("cannot empty " + directory + ": " + e.getMessage(), e);
    }
  }
}
