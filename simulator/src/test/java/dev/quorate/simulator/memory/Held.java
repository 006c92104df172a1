package dev.quorate.simulator.memory;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What can be reached from an object: through every field of our own classes, and through the
 * public face of the JDK's collections.
 *
 * <p>It ends at the ports, which are the simulator's: disk, net, whoever listens. A class of the
 * JDK that is not known here is refused, so that nothing can hide behind one.
 *
 * @param objects each counted once, entries of maps and collections as what they hold
 * @param bytes in arrays of primitive values, and characters
 */
public record Held(long objects, long bytes) {
  private static final String OURS = "dev.quorate.";
  private static final String PORTS = "dev.quorate.simulator.";

  /** Counts. The object must not change meanwhile. */
  static Held by(Object root) {
    return by(root, "");
  }

  /** The same without one of our own classes, by its name, and what only that leads to. */
  static Held by(Object root, String closed) {
    var walk = new Walk(closed);
    walk.meet(root);
    return walk.toItsEnd();
  }

  Held atLeast(Held other) {
    return new Held(Math.max(objects, other.objects), Math.max(bytes, other.bytes));
  }

  private static final class Walk {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> ahead = new ArrayDeque<>();
    private final String closed;
    private long bytes;

    Walk(String closed) {
      this.closed = closed;
    }

    private void meet(@Nullable Object it) {
      if (it != null && !isConstant(it) && !isClosed(it.getClass()) && seen.add(it)) {
        ahead.add(it);
      }
    }

    Held toItsEnd() {
      for (var it = ahead.poll(); it != null; it = ahead.poll()) {
        enter(it);
      }
      return new Held(seen.size(), bytes);
    }

    private void enter(Object it) {
      switch (it) {
        case String text -> bytes += text.length();
        case BitSet bits -> bytes += bits.size() / Byte.SIZE;
        case AtomicLongArray numbers -> bytes += (long) Long.BYTES * numbers.length();
        case Number _, Boolean _, Character _, Temporal _, TemporalAmount _ -> {}
        case Optional<?> held -> held.ifPresent(this::meet);
        case AtomicReference<?> held -> meet(held.get());
        case CompletableFuture<?> answer -> meet(answer.getNow(null));
        case Map<?, ?> map -> enterMap(map);
        case Iterable<?> many when !isOurs(it.getClass()) -> many.forEach(this::meet);
        default -> enterOther(it);
      }
    }

    private void enterMap(Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            meet(key);
            meet(value);
          });
    }

    private void enterOther(Object it) {
      var type = it.getClass();
      if (type.isArray()) {
        enterArray(it);
      } else if (isOurs(type)) {
        enterFields(it, type);
      } else if (!(it instanceof ConcurrentMap) && type != Object.class) {
        throw new IllegalStateException("what does a " + type.getName() + " hold?");
      }
    }

    private void enterArray(Object array) {
      int length = Array.getLength(array);
      if (array instanceof Object[] many) {
        for (var it : many) {
          meet(it);
        }
      } else {
        bytes += (long) length * (array instanceof byte[] ? 1 : Long.BYTES);
      }
    }

    private void enterFields(Object it, Class<?> type) {
      for (Class<?> of = type; of != null && isOurs(of); of = of.getSuperclass()) {
        for (var field : of.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
            meet(valueOf(field, it));
          }
        }
      }
    }

    private static @Nullable Object valueOf(Field field, Object of) {
      AccessibleObject.setAccessible(new AccessibleObject[] {field}, true);
      try {
        return field.get(of);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(field.toString(), e);
      }
    }

    private static boolean isConstant(Object it) {
      return it instanceof Enum || it instanceof Class;
    }

    private boolean isClosed(Class<?> type) {
      return type.getName().startsWith(PORTS) || type.getSimpleName().equals(closed);
    }

    private static boolean isOurs(Class<?> type) {
      return type.getName().startsWith(OURS);
    }
  }
}
