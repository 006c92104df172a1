package dev.quorate.consensus.tendermint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every transcript says what really happens. {@code -Dtranscripts.rewrite=true} writes down what
 * happens instead; whoever does that reads the difference as he would read code.
 */
final class TranscriptTest {
  private static final Path FOLDER = Path.of("src/test/resources/transcripts");
  private static final boolean REWRITE = Boolean.getBoolean("transcripts.rewrite");

  static List<Path> transcripts() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(it -> it.toString().endsWith(".txt")).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transcripts")
  void isWhatHappens(Path file) throws IOException {
    var written = Files.readString(file);

    var happened = Transcript.replay(written);

    if (REWRITE) {
      Files.writeString(file, happened);
    } else {
      assertThat(happened).isEqualTo(written);
    }
  }
}
