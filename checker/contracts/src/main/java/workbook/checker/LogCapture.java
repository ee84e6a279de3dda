package workbook.checker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** What was logged while a rule was tried. May be read from any thread. */
public final class LogCapture extends AppenderBase<ILoggingEvent> {

  /** No rule needs a tenth of it; a loop without an end would fill the memory. */
  private static final int MOST = 10_000;

  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final Logger root;
  private final long firstThread = Thread.ofVirtual().unstarted(() -> {}).threadId();

  /** Begins to listen to all loggers. */
  LogCapture() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    setContext(context);
    start();
    root.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    var thread = Thread.currentThread();
    if (thread.isVirtual() && thread.threadId() < firstThread) {
      return; // it was left by an earlier rule, and its last words are not about this one
    }
    if (events.size() >= MOST) {
      return;
    }
    event.prepareForDeferredProcessing(); // now: arguments, and what belongs to the thread, change
    events.add(event);
  }

  void close() {
    root.detachAppender(this);
    stop();
  }

  /**
   * The messages at a level or above.
   *
   * @param least the least level
   * @return level, message and key-value pairs of each, in order
   */
  public List<String> at(Level least) {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(least))
        .map(LogCapture::line)
        .toList();
  }

  /**
   * Everything that an appender may print of what was logged: messages and what is attached to
   * them, the names of threads and loggers, the context, and all throwables, also the suppressed
   * ones.
   *
   * @param least the least level
   * @return the parts of each record, in order
   */
  public List<String> parts(Level least) {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(least))
        .flatMap(
            event ->
                Stream.of(
                        Stream.of(line(event), event.getThreadName(), event.getLoggerName()),
                        event.getMDCPropertyMap().entrySet().stream().map(String::valueOf),
                        Stream.ofNullable(event.getMarkerList()).map(String::valueOf),
                        withSuppressed(chain(event.getThrowableProxy())).map(Throwable::toString))
                    .flatMap(parts -> parts))
        .toList();
  }

  private static Stream<Throwable> withSuppressed(Stream<Throwable> chain) {
    return chain.flatMap(
        thrown ->
            Stream.concat(Stream.of(thrown), withSuppressed(Stream.of(thrown.getSuppressed()))));
  }

  /**
   * Whether something was logged as a warning or an error with this cause attached: itself, or as
   * the cause of what was attached.
   *
   * @param cause the throwable
   * @return true if it was
   */
  public boolean hasWarningWith(Throwable cause) {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .flatMap(event -> chain(event.getThrowableProxy()))
        .anyMatch(attached -> attached == cause);
  }

  private static String line(ILoggingEvent event) {
    var pairs = event.getKeyValuePairs();
    return event.getLevel()
        + " "
        + event.getFormattedMessage()
        + (pairs == null || pairs.isEmpty() ? "" : " " + pairs);
  }

  private static Stream<Throwable> chain(IThrowableProxy attached) {
    return attached instanceof ThrowableProxy proxy
        ? Stream.iterate(proxy.getThrowable(), t -> t != null, Throwable::getCause)
        : Stream.empty();
  }
}
