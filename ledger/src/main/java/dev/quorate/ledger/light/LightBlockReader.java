package dev.quorate.ledger.light;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.Signature;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitSig;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.json.Faults;
import dev.quorate.ledger.json.Json;
import dev.quorate.ledger.json.Members;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the JSON form, member by member. A piece is empty if a fault of it, or of something inside
 * it, was noted; reading goes on all the same, so that one pass finds all faults.
 */
final class LightBlockReader {
  /** What CometBFT calls our kind of key. */
  static final String ED25519 = "tendermint/PubKeyEd25519";

  private static final List<String> HEADER =
      List.of(
          "version",
          "chain_id",
          "height",
          "time",
          "last_block_id",
          "last_commit_hash",
          "data_hash",
          "validators_hash",
          "next_validators_hash",
          "consensus_hash",
          "app_hash",
          "last_results_hash",
          "evidence_hash",
          "proposer_address");

  private final Faults faults;

  LightBlockReader(Faults faults) {
    this.faults = faults;
  }

  Optional<LightBlock> lightBlock(Json json, String path) {
    var known = List.of("signed_header", "validator_set", "next_validator_set", "provider");
    return Members.of(json, path, known, faults).flatMap(this::lightBlock);
  }

  /** What a client is given to begin with: a signed header and the next height's validators. */
  Optional<TrustedBlock> trusted(Members members) {
    var signed = object(members, "signed_header", List.of("header", "commit"));
    var header = signed.flatMap(it -> object(it, "header", HEADER)).flatMap(this::header);
    var next = validators(members, "next_validator_set");
    return header.isPresent() && next.isPresent()
        ? Optional.of(new TrustedBlock(header.get(), inSetOrder(next.get())))
        : Optional.empty();
  }

  private Optional<LightBlock> lightBlock(Members members) {
    var signed = object(members, "signed_header", List.of("header", "commit"));
    var header = signed.flatMap(it -> object(it, "header", HEADER)).flatMap(this::header);
    var commit = signed.flatMap(this::commit);
    var validators = validators(members, "validator_set");
    var next = validators(members, "next_validator_set");
    var provider = Scalars.address(members, "provider");
    if (header.isEmpty() || commit.isEmpty() || validators.isEmpty() || next.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LightBlock(
            header.get(),
            commit.get(),
            inSetOrder(validators.get()),
            inSetOrder(next.get()),
            provider));
  }

  private Optional<Header> header(Members members) {
    var version = object(members, "version", List.of("block", "app"));
    var lastBlockId =
        members.find("last_block_id").filter(it -> !(it instanceof Json.Nothing)).isPresent()
            ? blockId(members, "last_block_id")
            : Optional.of(BlockId.NONE);
    long block = version.map(it -> Scalars.number(it, "block")).orElse(0L);
    long app = version.map(it -> Scalars.number(it, "app")).orElse(0L);
    try {
      return Optional.of(
          new Header(
              block,
              app,
              members.text("chain_id").orElse(""),
              new Height(Scalars.number(members, "height")),
              Scalars.time(members, "time"),
              lastBlockId.orElse(BlockId.NONE),
              Scalars.hash(members, "last_commit_hash"),
              Scalars.hash(members, "data_hash"),
              Scalars.hash(members, "validators_hash"),
              Scalars.hash(members, "next_validators_hash"),
              Scalars.hash(members, "consensus_hash"),
              Scalars.hex(members, "app_hash"),
              Scalars.hash(members, "last_results_hash"),
              Scalars.hash(members, "evidence_hash"),
              Scalars.address(members, "proposer_address")));
    } catch (IllegalArgumentException impossible) {
      members.fault("height", "stands in a header that cannot be: " + impossible.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Commit> commit(Members signed) {
    var known = List.of("height", "round", "block_id", "signatures", "hash", "bit_array");
    return object(signed, "commit", known)
        .flatMap(
            members -> {
              var height = new Height(Scalars.number(members, "height"));
              var round = new Round((int) Scalars.small(members, "round", Integer.MAX_VALUE));
              var blockId = blockId(members, "block_id");
              var places = signatures(members);
              return blockId.isPresent() && places.isPresent()
                  ? Optional.of(new Commit(height, round, blockId.get(), places.get()))
                  : Optional.empty();
            });
  }

  /** Null stands for none. */
  private Optional<List<CommitSig>> signatures(Members commit) {
    if (commit.find("signatures").orElse(null) instanceof Json.Nothing) {
      return Optional.of(List.of());
    }
    var elements = commit.list("signatures");
    if (elements.isPresent() && elements.get().size() > Commit.MAX_SIGNATURES) {
      commit.fault("signatures", "are more than " + Commit.MAX_SIGNATURES);
      return Optional.empty();
    }
    return elements.flatMap(
        it -> {
          var places = new ArrayList<CommitSig>();
          for (int i = 0; i < it.size(); i++) {
            var path = commit.pathOf("signatures") + "[" + i + "]";
            var known = List.of("block_id_flag", "validator_address", "timestamp", "signature");
            Members.of(it.get(i), path, known, faults)
                .flatMap(LightBlockReader::commitSig)
                .ifPresent(places::add);
          }
          return places.size() == it.size() ? Optional.of(places) : Optional.empty();
        });
  }

  private static Optional<CommitSig> commitSig(Members members) {
    var flag = CommitSig.Flag.ofCode((int) Scalars.small(members, "block_id_flag", 3));
    var time = Scalars.time(members, "timestamp");
    if (flag.isEmpty()) {
      members.fault("block_id_flag", "must be 1 (absent), 2 (commit) or 3 (nil)");
      return Optional.empty();
    }
    if (flag.get() == CommitSig.Flag.ABSENT) {
      return absent(members, time);
    }
    var validator = Scalars.address(members, "validator_address");
    return Scalars.base64(members, "signature", Signature.SIZE)
        .map(
            it ->
                new CommitSig(
                    flag.get(), Optional.of(validator), time, Optional.of(new Signature(it))));
  }

  /** Some programs write the Unix epoch where nothing was signed, CometBFT Go's zero time. */
  private static Optional<CommitSig> absent(Members members, Instant time) {
    boolean silent = true;
    for (var name : List.of("validator_address", "signature")) {
      var value = members.require(name);
      boolean none =
          value.isPresent()
              && (value.get() instanceof Json.Nothing
                  || (value.get() instanceof Json.Text text && text.value().isEmpty()));
      if (!none) {
        members.fault(name, "must be empty where a validator is absent");
        silent = false;
      }
    }
    if (!time.equals(CanonicalBytes.ZERO_TIME) && !time.equals(Instant.EPOCH)) {
      members.fault("timestamp", "must be zero where a validator is absent");
      silent = false;
    }
    return silent ? Optional.of(CommitSig.ABSENT) : Optional.empty();
  }

  private Optional<BlockId> blockId(Members parent, String name) {
    return object(parent, name, List.of("hash", "part_set_header", "parts"))
        .flatMap(
            id -> {
              var member = id.find("parts").isPresent() ? "parts" : "part_set_header";
              if (id.find("parts").isPresent() && id.find("part_set_header").isPresent()) {
                id.fault("parts", "is part_set_header under its other name; there can be one");
              }
              var hash = Scalars.hash(id, "hash");
              return object(id, member, List.of("total", "hash"))
                  .map(
                      parts ->
                          new BlockId(
                              hash,
                              new PartSetHeader(
                                  Scalars.small(parts, "total", 0xffff_ffffL),
                                  Scalars.hash(parts, "hash"))));
            });
  }

  /** The members of a set in the order of the document, no address twice. */
  private Optional<List<Validator>> validators(Members parent, String name) {
    var known = List.of("validators", "proposer", "total_voting_power");
    return object(parent, name, known)
        .flatMap(
            set -> {
              var elements = set.list("validators").orElse(List.of());
              var validators = new ArrayList<Validator>();
              for (int i = 0; i < elements.size() && i < Commit.MAX_SIGNATURES; i++) {
                var path = set.pathOf("validators") + "[" + i + "]";
                var members = List.of("address", "pub_key", "voting_power", "proposer_priority");
                Members.of(elements.get(i), path, members, faults)
                    .flatMap(this::validator)
                    .ifPresent(validators::add);
              }
              return validators.size() == elements.size() && isSet(set, validators)
                  ? Optional.of(validators)
                  : Optional.empty();
            });
  }

  private static boolean isSet(Members set, List<Validator> validators) {
    try {
      return validators.isEmpty() || ValidatorSet.of(validators).size() == validators.size();
    } catch (IllegalArgumentException noSet) {
      set.fault("validators", "make no set: " + noSet.getMessage());
      return false;
    }
  }

  private Optional<Validator> validator(Members members) {
    var address = Scalars.address(members, "address");
    long power = Scalars.number(members, "voting_power");
    if (power < 1) {
      members.fault("voting_power", "must be 1 or more");
    }
    var key = object(members, "pub_key", List.of("type", "value")).flatMap(LightBlockReader::key);
    if (key.isPresent() && !ValidatorId.of(key.get()).equals(address)) {
      members.fault("address", "is not the key's");
      return Optional.empty();
    }
    return key.filter(it -> power >= 1).map(it -> Validator.of(it, power));
  }

  private static Optional<PublicKey> key(Members members) {
    var type = members.text("type");
    if (type.isPresent() && !type.get().equals(ED25519)) {
      members.fault("type", "must be \"" + ED25519 + "\"");
    }
    return Scalars.base64(members, "value", PublicKey.SIZE).map(PublicKey::new);
  }

  private Optional<Members> object(Members parent, String name, List<String> known) {
    return parent.require(name).flatMap(it -> Members.of(it, parent.pathOf(name), known, faults));
  }

  private static List<Validator> inSetOrder(List<Validator> validators) {
    return validators.isEmpty() ? List.of() : ValidatorSet.of(validators).members();
  }
}
