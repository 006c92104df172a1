package dev.quorate.node.client;

import java.net.URI;

/** No node answered at an address, or the connection broke before the answer was complete. */
public final class UnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreachableException(URI api, Throwable cause) {
    super("no answer from " + api, cause);
  }
}
