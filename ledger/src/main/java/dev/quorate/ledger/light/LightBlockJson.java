package dev.quorate.ledger.light;

import com.fasterxml.jackson.core.JsonFactory;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.json.Faults;
import dev.quorate.ledger.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Light blocks as CometBFT's programs write and read them: {@code {signed_header{header, commit},
 * validator_set, next_validator_set, provider}}, hashes in upper-case hexadecimal, 64-bit numbers
 * as texts, keys and signatures in base64.
 *
 * <p>Written is only what a verifier checks. Read is more: members that CometBFT's programs derive
 * (the proposer of a set, its total power, a commit's hash and bits) are known and not looked at;
 * others are refused.
 */
public final class LightBlockJson {
  /** The largest document that is looked at: room for ten thousand validators, twice. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private LightBlockJson() {}

  /** What came of reading. */
  public sealed interface Reading {
    record Read(LightBlock block) implements Reading {}

    /**
     * No light block.
     *
     * @param faults all of them, each beginning with {@code line:column}
     */
    record Faulty(List<String> faults) implements Reading {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  public static Reading read(Bytes document) {
    var faults = new Faults();
    var block =
        StrictJson.parse(document, MAX_BYTES, faults)
            .flatMap(it -> new LightBlockReader(faults).lightBlock(it, ""));
    return block.isPresent() && faults.isEmpty()
        ? new Reading.Read(block.get())
        : new Reading.Faulty(faults.sentences());
  }

  public static Bytes write(LightBlock block) {
    var out = new ByteArrayOutputStream();
    try (var json = new JsonFactory().createGenerator(out)) {
      new LightBlockWriter(json).lightBlock(block);
    } catch (IOException impossible) {
      throw new UncheckedIOException("a stream in memory does not fail", impossible);
    }
    return Bytes.wrap(out.toByteArray());
  }
}
