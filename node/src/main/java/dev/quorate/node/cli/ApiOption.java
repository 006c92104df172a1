package dev.quorate.node.cli;

import dev.quorate.node.ExitCode;
import dev.quorate.node.client.Answer;
import dev.quorate.node.client.ApiClient;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which node a command speaks to. */
final class ApiOption {
  @Option(
      names = "--api",
      paramLabel = "URL",
      defaultValue = "${env:QUORATE_API:-http://127.0.0.1:7080}",
      description = "a node's API (default: $QUORATE_API, else http://127.0.0.1:7080)")
  String api = "";

  @Spec(Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  /** A client of that node; refuses what is no http address. */
  ApiClient client() {
    try {
      var uri = new URI(api);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return new ApiClient(uri);
      }
    } catch (URISyntaxException _) {
      // said below
    }
    throw new ParameterException(
        spec.commandLine(), "--api " + api + " is no address such as http://127.0.0.1:7080");
  }

  /** Says why the node refused, and gives the exit code for that. */
  static int refused(OutputOptions output, Answer answer) {
    output.error(answer.problem());
    if (answer.json().path("retryable").asBoolean()) {
      output.hint("sending the same bytes again later is safe");
    }
    return answer.status() == 504 ? ExitCode.PENDING : ExitCode.FAILED;
  }
}
