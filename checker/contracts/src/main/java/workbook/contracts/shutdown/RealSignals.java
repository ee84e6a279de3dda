package workbook.contracts.shutdown;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells whether somebody has taken a signal of this JVM itself, past the process that was handed
 * in. Meanwhile each goes to whom it went before. A signal that this JVM cannot hear is nobody's.
 */
final class RealSignals {

  private static final List<String> NAMES = List.of("HUP", "INT", "TERM");

  private record Handlers(Object before, Object ours) {}

  private final Map<String, Handlers> handlers = new LinkedHashMap<>();

  RealSignals() {
    for (var name : NAMES) {
      try {
        var before = new Object[1];
        var ours = passingOnTo(before);
        before[0] = handle(name, ours);
        if (handle(name, ours) == ours) { // else ignored from the JVM's start on, as in `nohup`
          handlers.put(name, new Handlers(before[0], ours));
        }
      } catch (ReflectiveOperationException e) {
        // this JVM leaves the signal to the system
      }
    }
  }

  /** Puts everything back, and gives the names of the signals that were taken. */
  List<String> takenByNow() {
    var taken = new ArrayList<String>();
    handlers.forEach(
        (name, each) -> {
          try {
            if (handle(name, each.before) != each.ours) {
              taken.add("SIG" + name);
            }
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        });
    handlers.clear();
    return taken;
  }

  private static Object passingOnTo(Object[] before) throws ReflectiveOperationException {
    var type = Class.forName("sun.misc.SignalHandler");
    return Proxy.newProxyInstance(
        RealSignals.class.getClassLoader(),
        new Class<?>[] {type},
        (self, method, args) ->
            switch (method.getName()) {
              case "handle" -> type.getMethod("handle", args[0].getClass()).invoke(before[0], args);
              case "equals" -> self == args[0];
              case "hashCode" -> System.identityHashCode(self);
              default -> "the checker's handler";
            });
  }

  /** Sets who handles a signal, and gives who did. */
  private static Object handle(String name, Object handler) throws ReflectiveOperationException {
    var signal = Class.forName("sun.misc.Signal");
    return signal
        .getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
  }
}
