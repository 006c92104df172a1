package dev.quorate.node.cli;

import dev.quorate.crypto.KeyPair;
import dev.quorate.node.network.Engines;
import dev.quorate.node.network.NetworkPlan;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every command that makes a network can be told about it. */
final class NetworkOptions {
  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "pbft",
      description = "the consensus engine (default: ${DEFAULT-VALUE})")
  String engine = "";

  @Option(
      names = "--port-base",
      paramLabel = "PORT",
      defaultValue = "7080",
      description = "node i listens at PORT+10i, +1 and +2 (default: ${DEFAULT-VALUE})")
  int portBase;

  @Spec(Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  /** A plan for so many validators of equal power. */
  NetworkPlan plan(int validators, String host) {
    requireSize(validators);
    return plan(Collections.nCopies(validators, 1L), host);
  }

  /** A plan for validators of these powers; refuses what no network can be made of. */
  NetworkPlan plan(List<Long> powers, String host) {
    if (Engines.find(engine).isEmpty()) {
      throw misuse("--engine: " + Engines.unknown(engine));
    }
    requireSize(powers.size());
    var plan = new NetworkPlan(engine, powers, portBase, host);
    var faults = plan.faults();
    if (!faults.isEmpty()) {
      throw misuse(String.join("; ", faults));
    }
    return plan;
  }

  /** A new key for each validator. */
  static List<KeyPair> keys(int validators) {
    var random = new SecureRandom();
    return Stream.generate(() -> KeyPair.generate(random)).limit(validators).toList();
  }

  /** As people write it: one validator, two validators. */
  static String count(int validators) {
    return validators == 1 ? "1 validator" : validators + " validators";
  }

  ParameterException misuse(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private void requireSize(int validators) {
    if (validators < 1 || validators > NetworkPlan.MAX_VALIDATORS) {
      throw misuse("--validators is from 1 to " + NetworkPlan.MAX_VALIDATORS);
    }
  }
}
