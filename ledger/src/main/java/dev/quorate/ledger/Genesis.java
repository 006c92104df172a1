package dev.quorate.ledger;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the founders of a network agreed on: the value of a genesis file, together with the file's
 * bytes, whose SHA-256 names the network.
 *
 * <p>Comes only from {@link #read(Bytes)} or from a {@link Builder}, which writes a file and reads
 * it, so that one set of rules judges both.
 */
public final class Genesis {
  /** The format of genesis files and of the ledger; stands in every header as its app version. */
  public static final int FORMAT = 1;

  private final Bytes bytes;
  private final Hash hash;
  private final Content content;
  private final ValidatorSet validatorSet;
  private final Map<ValidatorId, String> names;

  Genesis(Bytes bytes, Content content) {
    this.bytes = bytes;
    this.hash = Hash.sha256(bytes);
    this.content = content;
    this.validatorSet =
        ValidatorSet.of(
            content.validators().stream().map(it -> Validator.of(it.key(), it.power())).toList());
    var names = new LinkedHashMap<ValidatorId, String>();
    content.validators().forEach(it -> names.put(it.id(), it.name()));
    this.names = names;
  }

  /** A founding member: its name is for people, its address follows from its key. */
  public record GenesisValidator(String name, PublicKey key, long power) {
    public ValidatorId id() {
      return ValidatorId.of(key);
    }
  }

  /** How clients are admitted. */
  public enum Admission {
    /** Any bytes are a transaction. */
    OPEN
  }

  /** The members of the file, defaults filled in. */
  record Content(
      String chainId,
      Instant genesisTime,
      Height initialHeight,
      boolean demo,
      String engine,
      SortedMap<String, Long> parameters,
      List<GenesisValidator> validators,
      Limits limits,
      Admission admission) {
    Content {
      parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
      validators = List.copyOf(validators);
    }
  }

  /** Reads a file strictly; all its faults come back at once. */
  public static GenesisReading read(Bytes file) {
    return GenesisReader.read(file);
  }

  /** Starts a new genesis with everything at its default. */
  public static Builder builder(String chainId, Instant genesisTime, String engine) {
    return new Builder(chainId, genesisTime, engine);
  }

  /** The file. */
  public Bytes bytes() {
    return bytes;
  }

  /** SHA-256 of the file: what peers compare when they meet. */
  public Hash hash() {
    return hash;
  }

  public String chainId() {
    return content.chainId();
  }

  /** Before the first block's time. */
  public Instant genesisTime() {
    return content.genesisTime();
  }

  /** The first block's; at least 1. */
  public Height initialHeight() {
    return content.initialHeight();
  }

  /** Whether the keys are published ones, for trying things out. */
  public boolean demo() {
    return content.demo();
  }

  /** The name under which an engine's provider is found. */
  public String engine() {
    return content.engine();
  }

  /** The engine's parameters where they differ from its defaults; the engine judges them. */
  public SortedMap<String, Long> parameters() {
    return content.parameters();
  }

  /** In the order of the file. */
  public List<GenesisValidator> validators() {
    return content.validators();
  }

  public Limits limits() {
    return content.limits();
  }

  public Admission admission() {
    return content.admission();
  }

  /** The validators in set order. */
  public ValidatorSet validatorSet() {
    return validatorSet;
  }

  /** A validator's name; of a stranger the beginning of its address. */
  public String nameOf(ValidatorId validator) {
    return names.getOrDefault(validator, validator.abbreviated());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Genesis that && hash.equals(that.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "genesis " + hash.abbreviated() + " of " + chainId();
  }

  /** Collects what a new genesis file shall say. */
  public static final class Builder {
    private final String chainId;
    private final Instant genesisTime;
    private final String engine;
    private final TreeMap<String, Long> parameters = new TreeMap<>();
    private final List<GenesisValidator> validators = new ArrayList<>();
    private Height initialHeight = new Height(1);
    private boolean demo;
    private Limits limits = Limits.DEFAULT;

    private Builder(String chainId, Instant genesisTime, String engine) {
      this.chainId = chainId;
      this.genesisTime = genesisTime;
      this.engine = engine;
    }

    public Builder validator(String name, PublicKey key, long power) {
      validators.add(new GenesisValidator(name, key, power));
      return this;
    }

    public Builder initialHeight(Height height) {
      initialHeight = height;
      return this;
    }

    public Builder demo(boolean demo) {
      this.demo = demo;
      return this;
    }

    public Builder parameter(String name, long value) {
      parameters.put(name, value);
      return this;
    }

    public Builder limits(Limits limits) {
      this.limits = limits;
      return this;
    }

    /** Writes the file, defaults left out, and reads it; refuses what reading refuses. */
    public Genesis build() {
      var content =
          new Content(
              chainId,
              genesisTime,
              initialHeight,
              demo,
              engine,
              parameters,
              validators,
              limits,
              Admission.OPEN);
      return switch (read(GenesisWriter.write(content))) {
        case GenesisReading.Read(var genesis) -> genesis;
        case GenesisReading.Faulty(var faults) ->
            throw new IllegalArgumentException(String.join("; ", faults));
      };
    }
  }
}
