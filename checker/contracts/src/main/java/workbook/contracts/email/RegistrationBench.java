package workbook.contracts.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import workbook.checker.Trial;
import workbook.checker.http.Wire;
import workbook.checker.http.Wire.Answer;
import workbook.contracts.shared.Answers;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.QueuedEmail;
import workbook.email.Users;
import workbook.hosting.CancellationToken;

/** A handler under test on a server, with a queue that nobody takes from, and users. */
final class RegistrationBench implements EmailQueue, Users {

  static final String ANN = "ann@example.com";
  static final String FORM = "application/x-www-form-urlencoded";

  final Trial trial;
  final Wire wire;
  final Answers answers;
  private final List<EmailMessage> accepted = new CopyOnWriteArrayList<>();
  private final Map<String, String> users = new ConcurrentSkipListMap<>();
  private volatile boolean full;

  RegistrationBench(Trial trial, BiFunction<EmailQueue, Users, HttpHandler> factory)
      throws IOException {
    this.trial = trial;
    this.answers = new Answers(trial);
    this.wire = new Wire(trial, "/register", trial.subject(factory.apply(this, this)));
  }

  static byte[] form(String name, String email) {
    return ("name=" + URLEncoder.encode(name, UTF_8) + "&email=" + URLEncoder.encode(email, UTF_8))
        .getBytes(UTF_8);
  }

  Answer register(String name, String email) {
    return post(form(name, email));
  }

  Answer post(byte[] form) {
    return wire.send("POST", "/register", FORM, form);
  }

  /** Refuses new mails from now on, or accepts them again. */
  void full(boolean full) {
    this.full = full;
  }

  List<EmailMessage> accepted() {
    wire.settle();
    return List.copyOf(accepted);
  }

  void expectUsers(String expected, String... addresses) {
    wire.settle();
    trial.expect(expected, List.copyOf(users.keySet()), List.of(addresses));
  }

  void expectMails(String expected, int wanted) {
    int offered = accepted().size();
    trial.expectThat(expected, offered == wanted, "the queue has accepted " + offered);
  }

  @Override
  public boolean enqueue(EmailMessage message) {
    trial.note("enqueue " + (full ? "refuses" : "accepts"));
    return !full && accepted.add(message);
  }

  @Override
  public boolean add(String address, String name) {
    boolean added = users.putIfAbsent(address, name) == null;
    trial.note("add user: " + (added ? "added" : "was there"));
    return added;
  }

  @Override
  public void remove(String address) {
    trial.note("remove user");
    users.remove(address);
  }

  String nameOf(String address) {
    wire.settle();
    return users.getOrDefault(address, "nobody");
  }

  @Override
  public boolean retry(QueuedEmail email, Duration delay) {
    throw new UnsupportedOperationException("a handler puts nothing back");
  }

  @Override
  public Optional<QueuedEmail> dequeue(CancellationToken cancel) {
    throw new UnsupportedOperationException("a handler takes nothing");
  }

  @Override
  public List<QueuedEmail> shutDown() {
    throw new UnsupportedOperationException("a handler does not shut the queue down");
  }
}
