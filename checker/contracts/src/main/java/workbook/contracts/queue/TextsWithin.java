package workbook.contracts.queue;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The texts that an object holds, in its own fields and in those of the learner's objects that it
 * knows. An id that is shown to nobody is among them.
 */
final class TextsWithin {

  private static final int MOST_OBJECTS = 10_000;
  private static final List<String> NOT_THE_LEARNERS =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.", "ch.qos.", "net.");

  private final Set<String> texts = new TreeSet<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Queue<Object> next = new ArrayDeque<>();

  private TextsWithin() {}

  static Set<String> of(Object object) {
    var search = new TextsWithin();
    search.add(object);
    while (!search.next.isEmpty() && search.seen.size() < MOST_OBJECTS) {
      search.lookInto(search.next.remove());
    }
    return search.texts;
  }

  private void add(@Nullable Object object) {
    if (object != null && seen.add(object)) {
      next.add(object);
    }
  }

  private void lookInto(Object object) {
    switch (object) {
      case CharSequence text -> texts.add(text.toString());
      case UUID id -> texts.add(id.toString());
      case Map<?, ?> map -> {
        map.keySet().forEach(this::add);
        map.values().forEach(this::add);
      }
      case Collection<?> all -> all.forEach(this::add);
      case Object[] all -> Arrays.asList(all).forEach(this::add);
      default -> {
        for (Class<?> type = object.getClass(); isLearners(type); type = type.getSuperclass()) {
          fields(type, object);
        }
      }
    }
  }

  private void fields(Class<?> type, Object object) {
    for (var field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
        try {
          field.setAccessible(true);
          add(field.get(object));
        } catch (ReflectiveOperationException | RuntimeException e) {
          // what cannot be seen is not looked at
        }
      }
    }
  }

  private static boolean isLearners(@Nullable Class<?> type) {
    return type != null
        && !type.getName().contains("Mockito")
        && NOT_THE_LEARNERS.stream().noneMatch(type.getName()::startsWith);
  }
}
