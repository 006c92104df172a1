package dev.quorate.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.mutants.Mutant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aCampaignThatWasStoppedCountsTheChunksThatAreInItsFile() throws IOException {
    var file = folder.resolve("results");

    var first = run("range 0 2 --threads 1 --out " + file);
    var lines = Files.readAllLines(file);
    var again = run("range 0 2 --threads 1 --out " + file);

    assertThat(first).startsWith("0\n").contains("2 seeds: 2 agreed, 0 said nothing, 0 violated");
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("unknown pbft 0 2\tagreed=2\tinvalid=0");
    assertThat(again).contains("; 0 of them now");
    assertThat(table(again)).isEqualTo(table(first)).contains("frames sent");
    assertThat(Files.readAllLines(file)).isEqualTo(lines);
  }

  @Test
  void chunksOfAnotherCommitAreRunAgain() throws IOException {
    var file = Files.writeString(folder.resolve("results"), "1de6f6c pbft 0 1\tagreed=1\n");

    assertThat(run("range 0 1 --threads 1 --out " + file)).contains("; 1 of them now");
    assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("1de6f6c pbft 0 1\tagreed=1");
  }

  @Test
  void aLineThatWasCutShortIsRunAgain() throws IOException {
    var file = Files.writeString(folder.resolve("results"), "unknown pbft 0 2\tagreed=2\tmark x=1");

    assertThat(run("range 0 2 --threads 1 --out " + file)).contains("2 agreed", "; 2 of them now");
    assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("\tagreed=2\t");
  }

  @Test
  void aLineThatWasCutShortCountsForNothingEverAfter() throws IOException {
    var file = Files.writeString(folder.resolve("results"), "unknown pbft 2 4\tagreed=2\tmark x=1");
    run("range 0 1 --threads 1 --out " + file);

    assertThat(run("range 2 4 --threads 1 --out " + file)).contains("; 2 of them now");
  }

  @Test
  void aLineOfNonsenseIsRunAgain() throws IOException {
    var file = Files.writeString(folder.resolve("results"), "unknown pbft 0 1\tagreed=one\n");

    assertThat(run("range 0 1 --threads 1 --out " + file)).contains("; 1 of them now");
  }

  @Test
  void whatViolatedARuleIsFoundInTheFileToo() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("results"),
            "unknown pbft 0 2\tagreed=1\tinvalid=0\tviolated=1\tvirtual ms=7200000\tmark x=5\n");

    assertThat(run("range 0 2 --out " + file))
        .startsWith("3\n")
        .containsPattern("x +5\n")
        .contains(
            "2 seeds: 1 agreed, 0 said nothing, 1 violated; 2.0 virtual hours; 0 of them now");
  }

  @Test
  void noMinutesAreNoSeeds() {
    assertThat(run("minutes 0 --from 7"))
        .startsWith("0\n")
        .contains("0 seeds: 0 agreed, 0 said nothing, 0 violated");
  }

  @Test
  void minutesAreANumber() {
    assertThat(run("minutes some")).startsWith("2\n").contains("'some' is not a double");
  }

  @Test
  void anEmptyRangeIsRefused() {
    assertThat(run("range 5 5")).startsWith("2\n").contains("nothing is from 5 to 5");
  }

  @Test
  void anEngineThatIsNotThereIsRefused() {
    assertThat(run("range 0 1 --engine none")).startsWith("2\n").contains("no engine none");
  }

  @Test
  void seedsThatFailAreKeptOnceInTheFile() throws IOException {
    var file = folder.resolve("seeds");
    var broken =
        Mutant.of("replica", "the status counts a block that is only prepared")
            .with(
                "dev/quorate/replica/Replica.java",
                "        tip.height(),\n        tip.id(),\n",
                """
                        runner.status().inFlight() > 0 ? tip.height().next() : tip.height(),
                        tip.id(),
                """)
            .load(CommandRun.class);
    var command = "range 0 2 --threads 1 --seeds-file " + file;

    var first = broken.run(command);
    var kept = Files.readAllLines(file);
    broken.run(command);

    assertThat(first)
        .startsWith("3\n")
        .contains("O12 truthful status", "again: ./quorate-sim seed 0");
    assertThat(kept).containsExactly("0 pbft", "1 pbft");
    assertThat(Files.readAllLines(file)).isEqualTo(kept);
  }

  @Test
  void aSeedThatIsKeptWithACommentIsNotKeptAgain() throws IOException {
    var file = Files.writeString(folder.resolve("seeds"), "7 pbft a view that nobody can enter\n");
    var failing = new FailingSeeds(file);

    failing.add(7, "pbft");
    failing.add(7, "tendermint");
    failing.add(77, "pbft");

    assertThat(file).hasContent("7 pbft a view that nobody can enter\n7 tendermint\n77 pbft\n");
  }

  /** All but how fast it was. */
  private static String table(String output) {
    return output.substring(output.indexOf("blocks"), output.indexOf("virtual hours"));
  }

  private static String run(String command) {
    return new CommandRun().run(command);
  }
}
