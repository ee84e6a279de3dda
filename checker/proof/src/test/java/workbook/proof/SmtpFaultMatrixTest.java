package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.smtp.At;
import workbook.checker.smtp.Certificates;
import workbook.checker.smtp.Fault;
import workbook.checker.smtp.Mail;
import workbook.checker.smtp.SmtpServer;
import workbook.email.EmailMessage;
import workbook.email.Mailbox;
import workbook.email.RetryPolicy;
import workbook.email.SmtpSettings.Timeouts;

/**
 * The table of chapter 05: a server that does something once, at one moment, and works the second
 * time. Each cell is a test, of the solution as a whole.
 */
class SmtpFaultMatrixTest {

  private static final int AT_A_TIME = 8;
  private static final List<String> COLUMNS = List.of("4xx", "5xx", "silence", "drip", "drop");
  private static final RetryPolicy POLICY =
      new RetryPolicy(4, Duration.ofMillis(20), Duration.ofMillis(40), 0);
  // Long, but for the attempt that meets a silent or dripping server: even that has to get there.
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final Map<String, String> HAPPENED = new TreeMap<>();

  /** A row and a column of the table. */
  record Cell(At at, String column) {

    @Override
    public String toString() {
      return at + ", " + column;
    }

    Fault fault() {
      return switch (column) {
        case "4xx" -> new Fault.Reply("451 4.3.0 not now");
        case "5xx" -> new Fault.Reply("554 5.3.0 never");
        case "silence" -> new Fault.Stall();
        case "drip" -> new Fault.Drip();
        default -> new Fault.Drop();
      };
    }

    Timeouts timeouts() {
      return switch (column) {
        case "silence" -> SmtpFaultMatrixTest.timeouts(SHORT, LONG);
        case "drip" -> SmtpFaultMatrixTest.timeouts(LONG, SHORT);
        default -> SmtpFaultMatrixTest.timeouts(LONG, LONG);
      };
    }

    boolean exists() {
      return at != At.TEXT || column.equals("silence") || column.equals("drop");
    }
  }

  private static Timeouts timeouts(Duration each, Duration overall) {
    return new Timeouts(LONG, each, each, overall);
  }

  static List<Cell> cells() {
    var cells = new ArrayList<Cell>();
    for (var at : At.values()) {
      COLUMNS.forEach(column -> cells.add(new Cell(at, column)));
    }
    return cells.stream().filter(Cell::exists).toList();
  }

  @BeforeAll
  static void tryAll() throws Exception {
    var places = new Semaphore(AT_A_TIME);
    var running = new TreeMap<String, Future<String>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var cell : cells()) {
        running.put(
            cell.toString(),
            threads.submit(
                () -> {
                  places.acquire();
                  try {
                    return tried(cell);
                  } finally {
                    places.release();
                  }
                }));
      }
      for (var cell : running.entrySet()) {
        HAPPENED.put(cell.getKey(), cell.getValue().get());
      }
    }
  }

  private static String tried(Cell cell) throws Exception {
    var first = new AtomicBoolean(true);
    var login = EmailPipeline.LOGIN;
    // narrow, so that a sender notices at once that nobody reads
    try (var server = cell.at == At.TEXT ? SmtpServer.startNarrow() : SmtpServer.start()) {
      server.startTls(Certificates.GOOD).login(login.user(), login.password());
      server.script(
          (at, _) ->
              at == cell.at && first.getAndSet(false)
                  ? Optional.of(cell.fault())
                  : Optional.empty());
      var pipeline =
          new EmailPipeline(
              attempt ->
                  EmailPipeline.settings(
                      server, true, attempt == 1 ? cell.timeouts() : timeouts(LONG, LONG)),
              POLICY,
              1);
      var text = cell.at == At.TEXT ? "a long line of a long text\n".repeat(300_000) : "Hello";
      var message = EmailMessage.to(Mailbox.of("ann@example.com"), "Hello", text);
      pipeline.send(message);
      pipeline.finish();
      return what(pipeline, server.mails(), message);
    }
  }

  private static String what(EmailPipeline pipeline, List<Mail> mails, EmailMessage message) {
    assertThat(mails).allMatch(mail -> mail.messageId().equals(message.messageId()));
    assertThat(mails).allMatch(Mail::encrypted);
    assertThat(pipeline.unsent).isEmpty();
    if (pipeline.dead.size() == 1 && mails.isEmpty()) {
      return "dead";
    }
    assertThat(pipeline.dead).isEmpty();
    return switch (mails.size() + " of " + pipeline.attempts) {
      case "1 of 1" -> "sent";
      case "1 of 2" -> "again";
      case "2 of 2" -> "twice";
      default -> mails.size() + " arrived in " + pipeline.attempts + " attempts";
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void happensAsTheChapterSays(Cell cell) {
    assertThat(HAPPENED.get(cell.toString())).isEqualTo(chapter().get(cell.toString()));
  }

  @Test
  void theChapterHasThisTable() {
    assertThat(chapter().keySet()).isEqualTo(HAPPENED.keySet());
  }

  /**
   * What the chapter's table says: a row stands for one moment or several, its last column for the
   * three faults that end in the same way.
   */
  private static Map<String, String> chapter() {
    var table = new TreeMap<String, String>();
    for (var line :
        Workbook.read(Workbook.ROOT.resolve(Path.of("chapters/05-email.md"))).lines().toList()) {
      var fields = Arrays.stream(line.split("\\|")).map(String::strip).toList();
      if (fields.size() == 5) {
        for (var cell : cells()) {
          int column = Math.min(COLUMNS.indexOf(cell.column), 2);
          if (moments(fields.get(1)).contains(cell.at.name())) {
            table.put(cell.toString(), fields.get(2 + column));
          }
        }
      }
    }
    return table;
  }

  private static List<String> moments(String field) {
    return Arrays.stream(field.replace("the text of the mail", At.TEXT.name()).split(", "))
        .map(name -> name.replace("`", "").toUpperCase(Locale.ROOT))
        .toList();
  }
}
