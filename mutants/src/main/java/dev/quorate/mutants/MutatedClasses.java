package dev.quorate.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Loads the classes of the project anew: those that were compiled with the fault from memory, all
 * others (tests, generated code, modules that were not touched) from the bytes on the class path.
 * Only {@link Experiment} and libraries are shared with whoever made this loader.
 */
final class MutatedClasses extends ClassLoader {
  private static final String PROJECT = "dev.quorate.";

  private final Map<String, byte[]> mutated;

  MutatedClasses(Map<String, byte[]> mutated) {
    super(MutatedClasses.class.getClassLoader());
    this.mutated = mutated;
  }

  /** Its services are looked up among the mutated classes too. */
  Experiment experiment(Class<? extends Experiment> original) {
    try {
      var constructor = loadClass(original.getName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      var experiment = (Experiment) constructor.newInstance();
      return argument -> {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(this);
        try {
          return experiment.run(argument);
        } finally {
          thread.setContextClassLoader(before);
        }
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(original + " cannot be made without arguments", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PROJECT) || name.equals(Experiment.class.getName())) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      var loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    var broken = mutated.get(name);
    var bytes = broken == null ? original(name) : broken;
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] original(String name) throws ClassNotFoundException {
    try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
