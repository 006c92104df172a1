package dev.quorate.ledger.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.quorate.crypto.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document as RFC 8259 has it and nothing else: UTF-8 without a byte order mark, no
 * name twice in an object, no unpaired surrogate, nothing behind the end.
 */
public final class StrictJson {
  /** The deepest nesting of objects and lists. */
  public static final int MAX_DEPTH = 32;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(64)
                  .maxStringLength(Integer.MAX_VALUE) // the document's length is bounded already
                  .build())
          .build();

  private final JsonParser parser;
  private final Faults faults;

  private StrictJson(JsonParser parser, Faults faults) {
    this.parser = parser;
    this.faults = faults;
  }

  /** The document; empty, with the reasons in {@code faults}, if it is none or too large. */
  public static Optional<Json> parse(Bytes document, int maxBytes, Faults faults) {
    if (document.length() > maxBytes) {
      faults.add(Json.Place.START, "", document.length() + " bytes are more than " + maxBytes);
      return Optional.empty();
    }
    try (var parser = FACTORY.createParser(text(document))) {
      return new StrictJson(parser, faults).document();
    } catch (CharacterCodingException notUtf8) {
      faults.add(Json.Place.START, "", "the bytes are not UTF-8");
    } catch (JsonProcessingException notJson) {
      faults.add(place(notJson.getLocation()), "", "not JSON: " + reason(notJson));
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text in memory does not fail", impossible);
    }
    return Optional.empty();
  }

  /** What the parser says, without what it adds about its own settings. */
  private static String reason(JsonProcessingException notJson) {
    var message = notJson.getOriginalMessage();
    int aside = message.indexOf(" (start marker at ");
    return aside < 0 ? message : message.substring(0, aside);
  }

  private static String text(Bytes document) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(document.asBuffer()).toString();
  }

  private Optional<Json> document() throws IOException {
    var first = parser.nextToken();
    if (first == null) {
      faults.add(Json.Place.START, "", "the document is empty");
      return Optional.empty();
    }
    var root = value(first, "");
    if (parser.nextToken() != null) {
      faults.add(here(), "", "something stands behind the document's end");
    }
    return faults.isEmpty() ? Optional.of(root) : Optional.empty();
  }

  private Json value(JsonToken token, String path) throws IOException {
    var place = here();
    return switch (token) {
      case START_OBJECT -> object(place, path);
      case START_ARRAY -> list(place, path);
      case VALUE_STRING -> new Json.Text(place, wellFormed(parser.getText(), path));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(place, parser.getText());
      case VALUE_TRUE -> new Json.Bool(place, true);
      case VALUE_FALSE -> new Json.Bool(place, false);
      case VALUE_NULL -> new Json.Nothing(place);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value begins with " + token);
    };
  }

  private Json object(Json.Place place, String path) throws IOException {
    var members = new LinkedHashMap<String, Json.Member>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = wellFormed(parser.currentName(), path);
      var namePlace = here();
      var memberPath = path.isEmpty() ? name : path + "." + name;
      var member = new Json.Member(namePlace, value(parser.nextToken(), memberPath));
      if (members.putIfAbsent(name, member) != null) {
        faults.add(namePlace, memberPath, "stands in the object twice");
      }
    }
    return new Json.Obj(place, members);
  }

  private Json list(Json.Place place, String path) throws IOException {
    var elements = new ArrayList<Json>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      elements.add(value(token, path + "[" + elements.size() + "]"));
    }
    return new Json.Arr(place, elements);
  }

  private String wellFormed(String text, String path) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          faults.add(here(), path, "half of a surrogate pair stands alone");
          return text;
        }
        i++;
      }
    }
    return text;
  }

  private Json.Place here() {
    return place(parser.currentTokenLocation());
  }

  /** A fault of the document as a whole, such as its depth, has no location. */
  private static Json.Place place(@Nullable JsonLocation location) {
    if (location == null) {
      return Json.Place.START;
    }
    return new Json.Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }
}
