package workbook.runner;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import workbook.checker.LiveThreads;

/**
 * What code may leave behind in a JVM, as far as it can be seen.
 *
 * @param threads the live threads, number to name
 * @param properties a copy of the system properties
 * @param zone the default zone
 * @param locale the default locale
 * @param handler what is told of exceptions that nobody catches
 */
record JvmState(
    Map<Long, String> threads,
    Properties properties,
    TimeZone zone,
    Locale locale,
    Thread.@Nullable UncaughtExceptionHandler handler) {

  private static final String OF_THE_JDK = "'(Sub|Read|Write|Master)Poller.*"; // for sockets
  private static final double A_LOT = 0.5; // of the memory there is

  static JvmState now() {
    return new JvmState(
        LiveThreads.now(),
        (Properties) System.getProperties().clone(),
        TimeZone.getDefault(),
        Locale.getDefault(),
        Thread.getDefaultUncaughtExceptionHandler());
  }

  /** What a later state has that this one has not, in words; empty if there is nothing. */
  String whatIsNewIn(JvmState later) {
    var found = new TreeSet<String>();
    later.threads.forEach(
        (number, name) -> {
          if (!threads.containsKey(number) && !name.matches(OF_THE_JDK)) {
            found.add("thread " + name);
          }
        });
    if (!properties.equals(later.properties)) {
      found.add("system properties");
    }
    if (!zone.equals(later.zone) || !locale.equals(later.locale)) {
      found.add("zone or locale");
    }
    if (handler != later.handler) {
      found.add("handler of uncaught exceptions");
    }
    if (isFull()) {
      found.add("memory");
    }
    return String.join(", ", found);
  }

  private static boolean isFull() {
    if (used() > A_LOT) {
      System.gc();
    }
    return used() > A_LOT;
  }

  private static double used() {
    var jvm = Runtime.getRuntime();
    return (double) (jvm.totalMemory() - jvm.freeMemory()) / jvm.maxMemory();
  }
}
