package workbook.shutdown;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The process of this JVM. Signals are in the module {@code jdk.unsupported}, which every JDK has;
 * they are reached by reflection, since the compiler warns of each direct use and cannot be told
 * not to.
 */
enum OwnProcess implements HostProcess {
  INSTANCE;

  @Override
  public void onStopSignal(Consumer<StopSignal> action) {
    Objects.requireNonNull(action, "action");
    for (var signal : StopSignal.values()) {
      handle(signal, action);
    }
  }

  private static void handle(StopSignal signal, Consumer<StopSignal> action) {
    try {
      var type = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var proxy =
          Proxy.newProxyInstance(
              OwnProcess.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.accept(signal);
                      yield null;
                    }
                    case "equals" -> self == args[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> signal + " handler";
                  });
      type.getMethod("handle", type, handler)
          .invoke(null, type.getConstructor(String.class).newInstance(nameOf(signal)), proxy);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          signal + " cannot be heard; a JVM with the option -Xrs leaves it to the system",
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has no module jdk.unsupported", e);
    }
  }

  private static String nameOf(StopSignal signal) {
    return signal.name().substring("SIG".length());
  }

  @Override
  public void onExit(Runnable action) {
    Objects.requireNonNull(action, "action");
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("exit").unstarted(action));
  }

  @Override
  public void halt(int status) {
    Runtime.getRuntime().halt(status);
  }
}
