package dev.quorate.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quorate.crypto.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The published vectors in {@code src/test/resources/vectors}. */
public final class Vectors {
  private Vectors() {}

  public static Bytes bytes(String file) {
    try (var in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
      return Bytes.wrap(Objects.requireNonNull(in, file).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode json(String file) {
    return parse(bytes(file));
  }

  public static JsonNode parse(Bytes json) {
    try {
      return new ObjectMapper().readTree(json.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
