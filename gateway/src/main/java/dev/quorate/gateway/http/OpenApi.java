package dev.quorate.gateway.http;

import dev.quorate.crypto.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The description of this API that it serves itself. */
public final class OpenApi {
  private static final Bytes DOCUMENT = load();

  private OpenApi() {}

  /** An OpenAPI 3.1 document in JSON. */
  public static Bytes document() {
    return DOCUMENT;
  }

  private static Bytes load() {
    try (var resource = OpenApi.class.getResourceAsStream("openapi.json")) {
      if (resource == null) {
        throw new IllegalStateException("openapi.json is not on the class path");
      }
      return Bytes.wrap(resource.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("openapi.json", unreadable);
    }
  }
}
