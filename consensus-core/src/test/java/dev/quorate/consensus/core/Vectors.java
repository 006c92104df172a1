package dev.quorate.consensus.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The published vectors in {@code src/test/resources/vectors}. */
public final class Vectors {
  private Vectors() {}

  public static JsonNode read(String file) {
    try (var in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
