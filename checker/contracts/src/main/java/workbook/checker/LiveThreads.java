package workbook.checker;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The threads that live in this JVM, virtual ones among them. Virtual threads are in no thread
 * group and in no list that a program can ask for; only the JVM's own thread dump knows them.
 */
final class LiveThreads {

  // #31 "name" virtual WAITING 2026-01-01T00:00:00Z
  private static final Pattern VIRTUAL = Pattern.compile("^#(\\d+) \"(.*?)\" virtual ?(\\w*).*$");

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
    forEachVirtual(
        thread ->
            threads.put(Long.valueOf(thread.group(1)), "'" + thread.group(2) + "' (virtual)"));
    return threads;
  }

  /** The live virtual threads that run, or are about to: not those that wait. */
  static Set<Long> runningVirtual() {
    var running = new HashSet<Long>();
    forEachVirtual(
        thread -> {
          if (!thread.group(3).endsWith("WAITING")) {
            running.add(Long.valueOf(thread.group(1)));
          }
        });
    return running;
  }

  private static void forEachVirtual(Consumer<MatchResult> action) {
    try {
      var folder = Files.createTempDirectory("threads");
      var file = folder.resolve("dump.txt");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      for (var line : Files.readAllLines(file)) {
        var thread = VIRTUAL.matcher(line);
        if (thread.matches()) {
          action.accept(thread);
        }
      }
      Files.delete(file);
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("no thread dump could be written", e);
    }
  }
}
