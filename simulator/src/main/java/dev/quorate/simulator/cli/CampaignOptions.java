package dev.quorate.simulator.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many seeds are run. */
final class CampaignOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "seeds that run side by side (default: as many as there are processors)")
  private int threads;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "append a line for each chunk of seeds; chunks of this commit that are there count as"
              + " run")
  private @Nullable Path out;

  @Option(
      names = "--seeds-file",
      paramLabel = "FILE",
      description = "where failing seeds are kept (default: ${DEFAULT-VALUE})",
      defaultValue = "simulator/seeds.txt")
  private Path seeds = Path.of("simulator/seeds.txt");

  CampaignOptions() {}

  int threads() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  Path seeds() {
    return seeds;
  }
}
