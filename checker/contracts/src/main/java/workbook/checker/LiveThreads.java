package workbook.checker;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that live in this JVM, virtual ones among them. Virtual threads are in no thread
 * group and in no list that a program can ask for; only the JDK's own book-keeping knows them. The
 * build opens it with {@code --add-exports java.base/jdk.internal.vm=ALL-UNNAMED}; where it is not
 * open, in an editor, no virtual thread is seen. A thread dump would need no such option, but with
 * many virtual threads about, JDK 25 can crash over one.
 */
public final class LiveThreads {

  private static final Logger log = LoggerFactory.getLogger(LiveThreads.class);

  private static final List<String> SYSTEM =
      List.of("sun.nio.ch.", "java.io.", "java.net.", "java.lang.ProcessHandleImpl");

  private static final Set<String> IDLE =
      Set.of(
          "java.util.concurrent.ThreadPoolExecutor.getTask",
          "java.util.concurrent.ForkJoinPool.awaitWork");

  private LiveThreads() {}

  /** The live threads that an application may have started: number and name. */
  public static Map<Long, String> now() {
    var threads = new HashMap<Long, String>();
    platform().forEach(thread -> threads.put(thread.threadId(), "'" + thread.getName() + "'"));
    virtual()
        .filter(Thread::isAlive)
        .forEach(thread -> threads.put(thread.threadId(), "'" + thread.getName() + "' (virtual)"));
    return threads;
  }

  /** Those that wait in real time, with a limit of the application's own: number and name. */
  static Map<Long, String> inTimedWaits() {
    var all = now();
    var waiting =
        Stream.concat(platform(), virtual())
            .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
            .filter(thread -> !isIdleInAPool(thread))
            .map(Thread::threadId)
            .collect(Collectors.toSet());
    all.keySet().retainAll(waiting);
    all.values().removeIf(name -> name.contains(VirtualTime.HELPER));
    return all;
  }

  /**
   * Whether it has done its work, and waits for more before it ends: no wait of the code's own. A
   * scheduler's thread that waits for a due time is one.
   */
  static boolean isIdleInAPool(Thread thread) {
    var stack =
        Arrays.stream(thread.getStackTrace())
            .map(frame -> frame.getClassName() + "." + frame.getMethodName())
            .toList();
    return stack.stream().anyMatch(IDLE::contains)
        && stack.stream().noneMatch(method -> method.contains("ScheduledThreadPoolExecutor"));
  }

  /** Whether there is such a thread among those that an application may have started. */
  static boolean any(Predicate<Thread> such) {
    return platform().anyMatch(such) || virtual().anyMatch(such);
  }

  /**
   * Whether a thread runs, or is about to, besides the calling one. Who stands in line for a
   * monitor does not: it may stand there for ever.
   */
  static boolean anotherOneRuns() {
    var current = Thread.currentThread();
    return any(
        thread ->
            thread != current
                && thread.isAlive()
                && thread.getState() != Thread.State.BLOCKED
                && !waits(thread));
  }

  /** Whether it waits, or has ended. */
  static boolean waits(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING, TERMINATED -> true;
      case RUNNABLE -> !thread.isVirtual() && waitsForTheSystem(thread);
      case NEW, BLOCKED -> false;
    };
  }

  /** Whether it is in a call for a socket or a process, where the JVM shows it as running. */
  private static boolean waitsForTheSystem(Thread thread) {
    var stack = thread.getStackTrace();
    return stack.length > 0
        && stack[0].isNativeMethod()
        && SYSTEM.stream().anyMatch(stack[0].getClassName()::startsWith);
  }

  /** The platform threads that an application may have started. */
  private static Stream<Thread> platform() {
    var root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    var threads = new Thread[2 * root.activeCount() + 16];
    int count = root.enumerate(threads);
    return Stream.of(threads).limit(count).filter(LiveThreads::isOfAnApplication);
  }

  // A platform thread that a virtual one has created is in the group of these.
  private static boolean isOfAnApplication(Thread thread) {
    var group = thread.getThreadGroup();
    return group != null && Set.of("main", "VirtualThreads").contains(group.getName());
  }

  private static Stream<Thread> virtual() {
    return BookKeeping.THE_JDKS == null ? Stream.empty() : BookKeeping.THE_JDKS.virtual();
  }

  /** What the JDK knows of threads, looked up once. */
  private record BookKeeping(Object root, Method children, Method threads) {

    static final @Nullable BookKeeping THE_JDKS = open();

    private static @Nullable BookKeeping open() {
      try {
        var type = Class.forName("jdk.internal.vm.ThreadContainer");
        var root = Class.forName("jdk.internal.vm.ThreadContainers").getMethod("root").invoke(null);
        return new BookKeeping(root, type.getMethod("children"), type.getMethod("threads"));
      } catch (ReflectiveOperationException e) {
        log.debug("virtual threads are not seen: run with the options of the build", e);
        return null;
      }
    }

    /** One level: executors are all the root's, and to ask each for its own takes long. */
    Stream<Thread> virtual() {
      return Stream.concat(Stream.of(root), stream(children, root))
          .flatMap(container -> stream(threads, container))
          .map(Thread.class::cast)
          .filter(Thread::isVirtual);
    }

    private static Stream<?> stream(Method method, Object container) {
      try {
        return (Stream<?>) method.invoke(container);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot look at the threads", e);
      }
    }
  }
}
