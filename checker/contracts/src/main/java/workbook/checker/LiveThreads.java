package workbook.checker;

import java.lang.Thread.State;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that live in this JVM, virtual ones among them. Virtual threads are in no thread
 * group and in no list that a program can ask for; only the JDK's own book-keeping knows them. The
 * build opens it with {@code --add-exports java.base/jdk.internal.vm=ALL-UNNAMED}; where it is not
 * open, in an editor, no virtual thread is seen. A thread dump would need no such option, but with
 * many virtual threads about, JDK 25 can crash over one.
 */
final class LiveThreads {

  private static final Logger log = LoggerFactory.getLogger(LiveThreads.class);

  private LiveThreads() {}

  /** The live threads that an application may have started: number and name. */
  static Map<Long, String> now() {
    var threads = new HashMap<Long, String>();
    Thread.getAllStackTraces()
        .keySet()
        .forEach(
            thread -> {
              var group = thread.getThreadGroup();
              // A platform thread that a virtual one has created is in the group of these.
              if (group != null && Set.of("main", "VirtualThreads").contains(group.getName())) {
                threads.put(thread.threadId(), "'" + thread.getName() + "'");
              }
            });
    virtual()
        .filter(Thread::isAlive)
        .forEach(thread -> threads.put(thread.threadId(), "'" + thread.getName() + "' (virtual)"));
    return threads;
  }

  /** The live virtual threads that run, or are about to: not those that wait. */
  static Set<Long> runningVirtual() {
    var atRest = Set.of(State.WAITING, State.TIMED_WAITING, State.TERMINATED);
    return virtual()
        .filter(thread -> !atRest.contains(thread.getState()))
        .map(Thread::threadId)
        .collect(Collectors.toSet());
  }

  private static Stream<Thread> virtual() {
    try {
      var containers = Class.forName("jdk.internal.vm.ThreadContainers");
      return in(containers.getMethod("root").invoke(null)).filter(Thread::isVirtual);
    } catch (ReflectiveOperationException e) {
      log.debug("virtual threads are not seen: run with the options of the build", e);
      return Stream.empty();
    }
  }

  private static Stream<Thread> in(Object container) throws ReflectiveOperationException {
    var type = Class.forName("jdk.internal.vm.ThreadContainer");
    var threads = Stream.<Thread>builder();
    ((Stream<?>) type.getMethod("threads").invoke(container))
        .forEach(thread -> threads.add((Thread) thread));
    var all = threads.build();
    var children = ((Stream<?>) type.getMethod("children").invoke(container)).toList();
    for (var child : children) {
      all = Stream.concat(all, in(child));
    }
    return all;
  }
}
