package dev.quorate.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/** Writes a genesis file for people to read, with whatever is at its default left out. */
final class GenesisWriter {
  private final JsonGenerator json;

  private GenesisWriter(JsonGenerator json) {
    this.json = json;
  }

  static Bytes write(Genesis.Content content) {
    var out = new ByteArrayOutputStream();
    try (var json = new JsonFactory().createGenerator(out)) {
      json.setPrettyPrinter(printer());
      new GenesisWriter(json).document(content);
      json.writeRaw('\n');
    } catch (IOException impossible) {
      throw new UncheckedIOException("a stream in memory does not fail", impossible);
    }
    return Bytes.wrap(out.toByteArray());
  }

  private static DefaultPrettyPrinter printer() {
    var indenter = new DefaultIndenter("  ", "\n");
    var separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");
    var printer = new DefaultPrettyPrinter(separators);
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    return printer;
  }

  private void document(Genesis.Content content) throws IOException {
    json.writeStartObject();
    json.writeNumberField("format", Genesis.FORMAT);
    json.writeStringField("chain_id", content.chainId());
    json.writeStringField("genesis_time", content.genesisTime().toString());
    if (!content.initialHeight().equals(new Height(1))) {
      json.writeNumberField("initial_height", content.initialHeight().value());
    }
    if (content.demo()) {
      json.writeBooleanField("demo", true);
    }
    json.writeStringField("engine", content.engine());
    if (!content.parameters().isEmpty()) {
      json.writeObjectFieldStart("parameters");
      for (var parameter : content.parameters().entrySet()) {
        json.writeNumberField(parameter.getKey(), parameter.getValue());
      }
      json.writeEndObject();
    }
    json.writeArrayFieldStart("validators");
    for (var validator : content.validators()) {
      json.writeStartObject();
      json.writeStringField("name", validator.name());
      var key = Base64.getEncoder().encodeToString(validator.key().bytes().toArray());
      json.writeStringField("key", key);
      json.writeNumberField("power", validator.power());
      json.writeEndObject();
    }
    json.writeEndArray();
    limits(content.limits());
    json.writeEndObject();
  }

  private void limits(Limits limits) throws IOException {
    if (limits.equals(Limits.DEFAULT)) {
      return;
    }
    json.writeObjectFieldStart("limits");
    number("max_tx_bytes", limits.maxTxBytes(), Limits.DEFAULT.maxTxBytes());
    number("max_block_bytes", limits.maxBlockBytes(), Limits.DEFAULT.maxBlockBytes());
    number("batch_bytes", limits.batchBytes(), Limits.DEFAULT.batchBytes());
    number("batch_transactions", limits.batchTransactions(), Limits.DEFAULT.batchTransactions());
    json.writeEndObject();
  }

  private void number(String name, int value, int omitted) throws IOException {
    if (value != omitted) {
      json.writeNumberField(name, value);
    }
  }
}
