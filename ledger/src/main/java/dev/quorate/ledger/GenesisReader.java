package dev.quorate.ledger;

import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.PublicKey;
import dev.quorate.ledger.Genesis.Admission;
import dev.quorate.ledger.Genesis.GenesisValidator;
import dev.quorate.ledger.json.Faults;
import dev.quorate.ledger.json.Json;
import dev.quorate.ledger.json.Members;
import dev.quorate.ledger.json.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a genesis file: exactly the known members, every value judged, all faults at once. */
final class GenesisReader {
  /** The largest file that is looked at: room for ten thousand validators. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final Pattern CHAIN_ID = Pattern.compile("[!-~]{1,50}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,49}");
  private static final Pattern ENGINE = Pattern.compile("[a-z][a-z0-9-]{0,49}");
  private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9_]{0,49}");
  private static final Instant EARLIEST = Instant.EPOCH;

  private final Faults faults = new Faults();
  private final Bytes file;

  private GenesisReader(Bytes file) {
    this.file = file;
  }

  static GenesisReading read(Bytes file) {
    return new GenesisReader(file).read();
  }

  private GenesisReading read() {
    var content = StrictJson.parse(file, MAX_BYTES, faults).flatMap(this::content);
    return content.isPresent() && faults.isEmpty()
        ? new GenesisReading.Read(new Genesis(file, content.get()))
        : new GenesisReading.Faulty(faults.sentences());
  }

  private Optional<Genesis.Content> content(Json document) {
    var known =
        List.of(
            "format",
            "chain_id",
            "genesis_time",
            "initial_height",
            "demo",
            "engine",
            "parameters",
            "validators",
            "limits",
            "admission");
    return Members.of(document, "", known, faults).flatMap(this::content);
  }

  private Optional<Genesis.Content> content(Members file) {
    range(file, "format", file.integer("format"), Genesis.FORMAT, Genesis.FORMAT);
    var chainId =
        matching(file, "chain_id", CHAIN_ID, "1 to 50 printable ASCII characters, no spaces");
    var time = time(file);
    var initialHeight =
        range(file, "initial_height", file.integer("initial_height", 1), 1, Long.MAX_VALUE / 2);
    var demo = file.bool("demo", false);
    var engine = matching(file, "engine", ENGINE, "the name of an engine, such as \"pbft\"");
    var parameters = parameters(file);
    var validators = validators(file);
    var limits = limits(file);
    limits.ifPresent(it -> checkRoom(file, it, validators.size()));
    var admission = admission(file);
    if (!faults.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Genesis.Content(
            chainId.orElseThrow(),
            time.orElseThrow(),
            new Height(initialHeight.orElseThrow()),
            demo.orElseThrow(),
            engine.orElseThrow(),
            parameters,
            validators,
            limits.orElseThrow(),
            admission));
  }

  private static Optional<Instant> time(Members file) {
    var text = file.text("genesis_time");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      var time = Instant.parse(text.get());
      if (text.get().endsWith("Z") && !time.isBefore(EARLIEST) && !time.isAfter(Header.MAX_TIME)) {
        return Optional.of(time);
      }
    } catch (DateTimeException notATime) {
      // Told below, together with times that are beyond what a header can hold.
    }
    file.fault("genesis_time", "must be a time like \"2026-11-23T20:00:00Z\", 1970 or later");
    return Optional.empty();
  }

  private SortedMap<String, Long> parameters(Members file) {
    var parameters = new TreeMap<String, Long>();
    var value = file.find("parameters");
    if (value.isEmpty()) {
      return parameters;
    }
    if (!(value.get() instanceof Json.Obj object)) {
      file.fault("parameters", "must be an object, not " + value.get().kind());
      return parameters;
    }
    var names = List.copyOf(object.members().keySet());
    var members = Members.of(object, "parameters", names, faults).orElseThrow();
    for (var name : names) {
      if (!PARAMETER.matcher(name).matches()) {
        members.fault(name, "is no name of a parameter: lower-case letters, digits and _");
      }
      members.integer(name).ifPresent(it -> parameters.put(name, it));
    }
    return parameters;
  }

  private List<GenesisValidator> validators(Members file) {
    var validators = new ArrayList<GenesisValidator>();
    var elements = file.list("validators");
    if (elements.isEmpty()) {
      return validators;
    }
    int count = elements.get().size();
    if (count < 1 || count > Commit.MAX_SIGNATURES) {
      file.fault("validators", "must be 1 to " + Commit.MAX_SIGNATURES + ", not " + count);
      return validators;
    }
    var names = new HashSet<String>();
    var keys = new HashSet<PublicKey>();
    long total = 0;
    for (int i = 0; i < count; i++) {
      var path = "validators[" + i + "]";
      var members =
          Members.of(elements.get().get(i), path, List.of("name", "key", "power"), faults);
      var validator = members.flatMap(it -> validator(it, names, keys));
      if (validator.isPresent()) {
        validators.add(validator.get());
        total = Math.min(total + validator.get().power(), ValidatorSet.MAX_TOTAL_POWER + 1);
      }
    }
    if (total > ValidatorSet.MAX_TOTAL_POWER) {
      file.fault("validators", "their powers add up to more than " + ValidatorSet.MAX_TOTAL_POWER);
    }
    return validators;
  }

  private static Optional<GenesisValidator> validator(
      Members members, Set<String> names, Set<PublicKey> keys) {
    var name =
        matching(members, "name", NAME, "1 to 50 letters, digits, '.', '_' or '-'")
            .filter(it -> unique(members, "name", names.add(it)));
    var key = key(members).filter(it -> unique(members, "key", keys.add(it)));
    var power = range(members, "power", members.integer("power"), 1, ValidatorSet.MAX_TOTAL_POWER);
    return name.isPresent() && key.isPresent() && power.isPresent()
        ? Optional.of(new GenesisValidator(name.get(), key.get(), power.get()))
        : Optional.empty();
  }

  private static boolean unique(Members members, String name, boolean isNew) {
    if (!isNew) {
      members.fault(name, "belongs to another validator already");
    }
    return isNew;
  }

  private static Optional<PublicKey> key(Members members) {
    var text = members.text("key");
    var bytes = text.flatMap(GenesisReader::base64);
    if (text.isPresent() && bytes.isEmpty()) {
      members.fault("key", "must be 32 bytes in standard base64");
    }
    var key = bytes.map(PublicKey::new);
    if (key.isPresent() && !Ed25519.INSTANCE.isSound(key.get())) {
      members.fault("key", "is no sound Ed25519 key: not canonical, or not of prime order");
      return Optional.empty();
    }
    return key;
  }

  /** 32 bytes from their only base64 text. */
  private static Optional<Bytes> base64(String text) {
    try {
      var bytes = Base64.getDecoder().decode(text);
      boolean canonical = Base64.getEncoder().encodeToString(bytes).equals(text);
      return canonical && bytes.length == PublicKey.SIZE
          ? Optional.of(Bytes.wrap(bytes))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private Optional<Limits> limits(Members file) {
    var value = file.find("limits");
    if (value.isEmpty()) {
      return Optional.of(Limits.DEFAULT);
    }
    var known = List.of("max_tx_bytes", "max_block_bytes", "batch_bytes", "batch_transactions");
    return Members.of(value.get(), file.pathOf("limits"), known, faults)
        .flatMap(GenesisReader::limitsOf);
  }

  private static Optional<Limits> limitsOf(Members members) {
    var d = Limits.DEFAULT;
    var block =
        limit(
            members,
            "max_block_bytes",
            d.maxBlockBytes(),
            Limits.MIN_BLOCK_BYTES,
            Limits.MAX_BLOCK_BYTES);
    var batch =
        limit(
            members, "batch_transactions", d.batchTransactions(), 1, Limits.MAX_BLOCK_TRANSACTIONS);
    int half = block.orElse(Limits.MAX_BLOCK_BYTES) / 2;
    var tx = limit(members, "max_tx_bytes", d.maxTxBytes(), 1, half);
    var batchBytes = limit(members, "batch_bytes", d.batchBytes(), 1, half);
    return block.isPresent() && batch.isPresent() && tx.isPresent() && batchBytes.isPresent()
        ? Optional.of(new Limits(tx.get(), block.get(), batchBytes.get(), batch.get()))
        : Optional.empty();
  }

  /**
   * Where blocks carry commits, the largest transaction must fit in beside one of the whole set.
   */
  private static void checkRoom(Members file, Limits limits, int validators) {
    long needed =
        LedgerBlock.sizeInBlock(limits.maxTxBytes())
            + LedgerBlock.MAX_OVERHEAD
            + Commit.mostBytes(validators);
    if (needed > limits.maxBlockBytes()) {
      file.fault(
          "limits",
          "max_block_bytes must be at least %d, for a transaction of max_tx_bytes and the votes of"
                  .formatted(needed)
              + " %d validators".formatted(validators));
    }
  }

  private static Optional<Integer> limit(
      Members members, String name, int missing, int min, int max) {
    return range(members, name, members.integer(name, missing), min, max).map(Long::intValue);
  }

  private Admission admission(Members file) {
    file.find("admission")
        .flatMap(it -> Members.of(it, "admission", List.of("policy", "clients"), faults))
        .ifPresent(GenesisReader::checkOpen);
    return Admission.OPEN;
  }

  private static void checkOpen(Members admission) {
    var policy = admission.text("policy");
    if (policy.isEmpty()) {
      return;
    }
    if (policy.get().equals("signed")) {
      admission.fault("policy", "\"signed\" is not in this version; only \"open\" is");
    } else if (!policy.get().equals("open")) {
      admission.fault("policy", "there is no policy \"" + policy.get() + "\"; \"open\" is one");
    } else if (admission.find("clients").isPresent()) {
      admission.fault("clients", "stand only beside the policy \"signed\"");
    }
  }

  private static Optional<String> matching(
      Members members, String name, Pattern pattern, String what) {
    var text = members.text(name);
    if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
      members.fault(name, "must be " + what);
      return Optional.empty();
    }
    return text;
  }

  private static Optional<Long> range(
      Members members, String name, Optional<Long> value, long min, long max) {
    if (value.isPresent() && (value.get() < min || value.get() > max)) {
      var what = min == max ? String.valueOf(min) : min + " to " + max;
      members.fault(name, "must be " + what + ", not " + value.get());
      return Optional.empty();
    }
    return value;
  }
}
