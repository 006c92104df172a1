package dev.quorate.ledger.store;

/**
 * The disk failed us: it is full, it reports an error, or what it holds is damaged. The node stops;
 * nothing is retried, because after a failed sync nobody knows what is on the disk.
 */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
