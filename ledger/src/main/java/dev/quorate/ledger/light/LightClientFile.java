package dev.quorate.ledger.light;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.json.Faults;
import dev.quorate.ledger.json.Json;
import dev.quorate.ledger.json.Members;
import dev.quorate.ledger.json.StrictJson;
import dev.quorate.ledger.light.LightClientVerifier.Fraction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file that tells how a light client should judge a series of blocks, in the form of the
 * model-based tests of CometBFT and tendermint-rs: {@code {description, initial{signed_header,
 * next_validator_set, trusting_period, now}, input[{block, now, verdict}]}}.
 *
 * <p>Run with a trust level of a third and no clock drift. After SUCCESS the block becomes the
 * trusted one; after any other verdict the next block is judged against the same trusted one.
 */
public final class LightClientFile {
  /** The largest file that is looked at. */
  public static final int MAX_BYTES = 64 * 1024 * 1024;

  private final TrustedBlock initial;
  private final Duration trustingPeriod;
  private final List<Step> steps;

  private LightClientFile(TrustedBlock initial, Duration trustingPeriod, List<Step> steps) {
    this.initial = initial;
    this.trustingPeriod = trustingPeriod;
    this.steps = steps;
  }

  /** The four ways in which a block can be judged. */
  public enum Verdict {
    SUCCESS,
    NOT_ENOUGH_TRUST,
    INVALID,
    /** It is no light block at all. */
    PARSE_ERROR
  }

  /** What came of reading a file. */
  public sealed interface Reading {
    record Read(LightClientFile file) implements Reading {}

    /**
     * The file is not of this form.
     *
     * @param faults all of them, each beginning with {@code line:column}
     */
    record NotSuchAFile(List<String> faults) implements Reading {
      public NotSuchAFile {
        faults = List.copyOf(faults);
      }
    }
  }

  /**
   * One block's verdict.
   *
   * @param reason why it is not SUCCESS; empty if it is
   */
  public record Judged(Verdict expected, Verdict found, String reason) {
    public boolean asExpected() {
      return expected == found;
    }
  }

  /** What came of running a file, block by block. */
  public record Report(List<Judged> verdicts) {
    public Report {
      verdicts = List.copyOf(verdicts);
    }

    public boolean asExpected() {
      return verdicts.stream().allMatch(Judged::asExpected);
    }

    /** {@code M of N verdicts as expected}. */
    public String summary() {
      long met = verdicts.stream().filter(Judged::asExpected).count();
      return met + " of " + verdicts.size() + " verdicts as expected";
    }
  }

  /** A block as it was read, or why it is none. */
  private record Step(Optional<LightBlock> block, String fault, Instant now, Verdict expected) {}

  public static Reading read(Bytes file) {
    var faults = new Faults();
    var known = List.of("description", "initial", "input");
    var read =
        StrictJson.parse(file, MAX_BYTES, faults)
            .flatMap(it -> Members.of(it, "", known, faults))
            .flatMap(it -> of(it, faults));
    return read.isPresent() && faults.isEmpty()
        ? new Reading.Read(read.get())
        : new Reading.NotSuchAFile(faults.sentences());
  }

  /** Judges the blocks of the file one after the other. */
  public Report run(SignatureScheme scheme) {
    var rules = new LightClientVerifier.Rules(Fraction.ONE_THIRD, trustingPeriod, Duration.ZERO);
    var verifier = new LightClientVerifier(rules, scheme);
    var trusted = initial;
    var verdicts = new ArrayList<Judged>();
    for (var step : steps) {
      if (step.block().isEmpty()) {
        verdicts.add(new Judged(step.expected(), Verdict.PARSE_ERROR, step.fault()));
        continue;
      }
      var block = step.block().get();
      switch (verifier.verify(trusted, block, step.now())) {
        case LightVerdict.Verified() -> {
          verdicts.add(new Judged(step.expected(), Verdict.SUCCESS, ""));
          trusted = block.trusted();
        }
        case LightVerdict.NotEnoughTrust(var reason) ->
            verdicts.add(new Judged(step.expected(), Verdict.NOT_ENOUGH_TRUST, reason));
        case LightVerdict.Invalid(var reason) ->
            verdicts.add(new Judged(step.expected(), Verdict.INVALID, reason));
      }
    }
    return new Report(verdicts);
  }

  private static Optional<LightClientFile> of(Members file, Faults faults) {
    var known = List.of("signed_header", "next_validator_set", "trusting_period", "now");
    var members = file.require("initial").flatMap(it -> Members.of(it, "initial", known, faults));
    var initial = members.flatMap(it -> new LightBlockReader(faults).trusted(it));
    var period = members.map(it -> Duration.ofNanos(Scalars.number(it, "trusting_period")));
    members.ifPresent(it -> Scalars.time(it, "now"));

    var steps = new ArrayList<Step>();
    var inputs = file.list("input").orElse(List.of());
    for (int i = 0; i < inputs.size(); i++) {
      step(inputs.get(i), "input[" + i + "]", faults).ifPresent(steps::add);
    }
    return initial.isPresent() && period.isPresent()
        ? Optional.of(new LightClientFile(initial.get(), period.get(), List.copyOf(steps)))
        : Optional.empty();
  }

  private static Optional<Step> step(Json json, String path, Faults faults) {
    return Members.of(json, path, List.of("block", "now", "verdict"), faults)
        .flatMap(
            members -> {
              var now = Scalars.time(members, "now");
              var verdict = verdict(members);
              // A block that cannot be read is a verdict of its own, not a fault of the file.
              var blockFaults = new Faults();
              var block =
                  members
                      .require("block")
                      .flatMap(
                          it ->
                              new LightBlockReader(blockFaults)
                                  .lightBlock(it, members.pathOf("block")))
                      .filter(it -> blockFaults.isEmpty());
              var fault = blockFaults.isEmpty() ? "" : blockFaults.sentences().getFirst();
              return verdict.map(it -> new Step(block, fault, now, it));
            });
  }

  private static Optional<Verdict> verdict(Members members) {
    var text = members.text("verdict");
    for (var verdict : Verdict.values()) {
      if (text.isPresent() && text.get().equals(verdict.name())) {
        return Optional.of(verdict);
      }
    }
    if (text.isPresent()) {
      members.fault("verdict", "must be one of " + List.of(Verdict.values()));
    }
    return Optional.empty();
  }
}
