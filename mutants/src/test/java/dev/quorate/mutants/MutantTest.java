package dev.quorate.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Uses this module's own main sources as what is broken. */
final class MutantTest {
  private static final String MODULE = "mutants";
  private static final String MUTANT = "dev/quorate/mutants/Mutant.java";
  private static final Mutant NAMELESS =
      Mutant.of(MODULE, "shows no name")
          .with(MUTANT, "return name;\n", "return \"a mutant of \" + module;\n");

  /** Says how a mutant shows itself, and which loader the thread offers to services. */
  static final class Shows implements Experiment {
    @Override
    public String run(String argument) {
      var loader = Thread.currentThread().getContextClassLoader();
      return Mutant.of(argument, "x") + " by " + loader.getClass().getSimpleName();
    }
  }

  @Test
  void runsAnExperimentAgainstTheBrokenClasses() {
    var experiment = NAMELESS.load(Shows.class);

    assertThat(experiment.run("crypto")).isEqualTo("a mutant of crypto by MutatedClasses");
  }

  @Test
  void leavesTheRealClassesAlone() {
    NAMELESS.load(Shows.class).run("crypto");

    assertThat(new Shows().run("crypto")).startsWith("x by ").doesNotContain("Mutated");
  }

  @Test
  void refusesASnippetThatIsGone() {
    var stale = Mutant.of(MODULE, "stale").with(MUTANT, "return nickname;", "return name;");

    assertThatThrownBy(() -> stale.load(Shows.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has no \"return nickname;\"");
  }

  @Test
  void refusesASnippetThatOccursTwice() {
    var vague = Mutant.of(MODULE, "vague").with(MUTANT, "public record", "record");

    assertThatThrownBy(() -> vague.load(Shows.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has more than one \"public record\"");
  }

  @Test
  void refusesCodeThatDoesNotCompile() {
    var broken = Mutant.of(MODULE, "too broken").with(MUTANT, "return name;\n", "return 7;\n");

    assertThatThrownBy(() -> broken.load(Shows.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("\"too broken\" does not compile")
        .hasMessageContaining("incompatible types");
  }

  @Test
  void refusesAFileOrAModuleThatIsNotThere() {
    var file = Mutant.of(MODULE, "lost").with("dev/quorate/Nowhere.java", "a", "b");
    var module = Mutant.of("no-such-module", "lost").with(MUTANT, "a", "b");

    assertThatThrownBy(() -> file.load(Shows.class)).hasMessageContaining("Nowhere.java");
    assertThatThrownBy(() -> module.load(Shows.class)).hasMessageContaining("no-such-module");
  }

  @Test
  void refusesAMutantWithoutAFault() {
    assertThatThrownBy(() -> Mutant.of(MODULE, "sound").load(Shows.class))
        .hasMessageContaining("no edits");
    assertThatThrownBy(() -> NAMELESS.with(MUTANT, "a", "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
