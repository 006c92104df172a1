package dev.quorate.mutants;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The main sources of one module with a deliberate fault, named after the sin.
 *
 * <p>The fault is a list of edits. When the code moves on and a snippet is no longer there, or not
 * once only, the mutant refuses to load: a canary must not die unseen.
 *
 * @param module the module's folder below the root of the project
 */
public record Mutant(String module, String name, List<Edit> edits) {
  public Mutant {
    edits = List.copyOf(edits);
  }

  /** One replacement; the file is named by its path below {@code src/main/java}. */
  public record Edit(String file, String snippet, String replacement) {
    public Edit {
      if (snippet.isBlank() || snippet.equals(replacement)) {
        throw new IllegalArgumentException("an edit of " + file + " that changes nothing");
      }
    }

    private String applyTo(String source) {
      int first = source.indexOf(snippet);
      if (first < 0 || source.indexOf(snippet, first + 1) >= 0) {
        throw new IllegalStateException(
            file + (first < 0 ? " has no " : " has more than one ") + '"' + snippet + '"');
      }
      return source.substring(0, first) + replacement + source.substring(first + snippet.length());
    }
  }

  /** A mutant without a fault so far. */
  public static Mutant of(String module, String name) {
    return new Mutant(module, name, List.of());
  }

  /** The same with one more edit; later edits see what earlier ones left. */
  public Mutant with(String file, String snippet, String replacement) {
    var more = new ArrayList<>(edits);
    more.add(new Edit(file, snippet, replacement));
    return new Mutant(module, name, more);
  }

  /**
   * Compiles the module with the fault and loads an experiment on top of it: every class of the
   * project that the experiment touches is loaded anew, those of the module from the broken
   * sources. Refuses edits that do not fit, and code that does not compile.
   */
  public Experiment load(Class<? extends Experiment> experiment) {
    return new MutatedClasses(compiled()).experiment(experiment);
  }

  /** The same with another module's fault beside this one's: sins that no single module allows. */
  public Experiment loadBeside(Mutant other, Class<? extends Experiment> experiment) {
    if (other.module.equals(module)) {
      throw new IllegalArgumentException("two mutants of " + module + " are one with more edits");
    }
    var classes = compiled();
    classes.putAll(other.compiled());
    return new MutatedClasses(classes).experiment(experiment);
  }

  private Map<String, byte[]> compiled() {
    if (edits.isEmpty()) {
      throw new IllegalStateException(name + " is no mutant: it has no edits");
    }
    var tree = SourceTree.ofModule(module);
    var sources = new HashMap<Path, String>(tree.read());
    for (var edit : edits) {
      var file = tree.root().resolve(edit.file());
      var source = sources.get(file);
      if (source == null) {
        throw new IllegalStateException("there is no " + file);
      }
      sources.put(file, edit.applyTo(source));
    }
    return InMemoryCompiler.compile(name, sources);
  }

  @Override
  public String toString() {
    return name;
  }
}
