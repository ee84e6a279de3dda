package workbook.contracts.email;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import workbook.checker.Trial;

/** A registration, and the mail that follows it. */
final class Registrations {

  private Registrations() {}

  static void mailInTheQueue(Trial trial, RegistrationHandlerContract contract) throws IOException {
    trial.setUp(
        "Zoe registers; nobody takes from the queue; queue and users are looked at as 200 arrives");
    var bench = contract.bench(trial);
    bench.wire.holdAfterAnswer();
    var answer = bench.register("Zoë", RegistrationBench.ANN);
    trial.expect("the registration is answered 200", answer.status(), 200);
    bench.expectMails("when 200 arrives, the queue has accepted one mail", 1);
    trial.expect("when 200 arrives, Zoe is registered", bench.nameOf(RegistrationBench.ANN), "Zoë");
    bench.wire.release();
    bench.wire.expectIdle();
    bench.expectMails("one mail for one registration", 1);
    var message = bench.accepted().getFirst();
    trial.expectThat(
        "the mail is to the name and the address of the form, and to nobody else",
        message.to().size() == 1
            && message.to().getFirst().address().equals(RegistrationBench.ANN)
            && message.to().getFirst().name().equals("Zoë"),
        "it is to " + message.to().size() + " recipient(s), or to others");
    trial.expectThat(
        "the mail greets the user by name",
        message.body().contains("Zoë") || message.subject().contains("Zoë"),
        "neither its text nor its subject has the name");
  }

  static void doNotMix(Trial trial, RegistrationHandlerContract contract) throws IOException {
    trial.setUp("Ann, Bob and Cid register on one connection, Cid at /register?from=page");
    var bench = contract.bench(trial);
    try (var connection = bench.wire.connect()) {
      for (var name : List.of("ann", "bob", "cid")) {
        var form = RegistrationBench.form(name, name + "@example.com");
        var answer =
            connection
                .send(
                    "POST",
                    name.equals("cid") ? "/register?from=page" : "/register",
                    "Content-Type: " + RegistrationBench.FORM,
                    "Content-Length: " + form.length)
                .write(form)
                .answer("a registration on a connection that was used before is answered");
        trial.expect("the registration is answered 200", answer.status(), 200);
        bench.wire.expectClosed();
      }
    }
    bench.expectUsers("three users", RegistrationBench.ANN, "bob@example.com", "cid@example.com");
    var mails = bench.accepted();
    trial.lookAt("EmailQueue.enqueue", "handle");
    trial.expect(
        "a mail to each",
        mails.stream().map(mail -> mail.to().getFirst().address()).toList(),
        List.of(RegistrationBench.ANN, "bob@example.com", "cid@example.com"));
    trial.lookAt();
    long ids = mails.stream().map(mail -> mail.messageId()).distinct().count();
    trial.expect("different Message-IDs: 3", ids, 3L);
    sideBySide(trial, contract);
  }

  private static void sideBySide(Trial trial, RegistrationHandlerContract contract)
      throws IOException {
    trial.setUp("half of the form of Ann arrives; Bob registers; then the other half");
    var bench = contract.bench(trial);
    var form = RegistrationBench.form("ann", RegistrationBench.ANN);
    int half = form.length / 2;
    try (var connection = bench.wire.connect()) {
      connection
          .send(
              "POST",
              "/register",
              "Content-Type: " + RegistrationBench.FORM,
              "Content-Length: " + form.length)
          .write(Arrays.copyOf(form, half));
      trial.expectSoon(
          "the handler reads the form of Ann",
          () -> bench.wire.bodiesBegun() > 0,
          () -> "it does not");
      trial.expect(
          "Bob, who comes meanwhile, is answered 200",
          bench.register("bob", "bob@example.com").status(),
          200);
      connection.write(Arrays.copyOfRange(form, half, form.length));
      trial.expect("Ann is answered 200", connection.answer("Ann is answered").status(), 200);
    }
    bench.expectUsers("two users", RegistrationBench.ANN, "bob@example.com");
    trial.expect(
        "a mail to each, by name",
        bench.accepted().stream()
            .map(mail -> mail.to().getFirst().name() + " " + mail.to().getFirst().address())
            .toList(),
        List.of("bob bob@example.com", "ann " + RegistrationBench.ANN));
  }

  static void whileTheQueueIsFull(Trial trial, RegistrationHandlerContract contract)
      throws IOException {
    trial.setUp("Ann registers while the queue is full, and again when it is not");
    var bench = contract.bench(trial);
    bench.full(true);
    bench.wire.holdAfterAnswer();
    var answer =
        bench.answers.expectProblem(
            "a full queue", bench.register("Ann", RegistrationBench.ANN), 503);
    bench.answers.expectRetryAfter(answer);
    bench.expectUsers("when 503 arrives, nobody is registered");
    bench.wire.release();
    bench.wire.expectIdle();
    bench.expectUsers("nobody is registered");
    bench.full(false);
    trial.expect(
        "the second try is answered 200",
        bench.register("Ann", RegistrationBench.ANN).status(),
        200);
    bench.expectUsers("Ann is registered", RegistrationBench.ANN);
    bench.expectMails("one mail", 1);
    bench.full(true);
    bench.answers.expectProblem(
        "a full queue", bench.register("Bob", "Bob.Smith@Example.com"), 503);
    bench.expectUsers("after the problem nobody but Ann is registered", RegistrationBench.ANN);
  }

  static void again(Trial trial, RegistrationHandlerContract contract) throws IOException {
    trial.setUp("Ann registers; somebody registers her address again, and while the queue is full");
    var bench = contract.bench(trial);
    trial.expect(
        "the first is answered 200", bench.register("Ann", RegistrationBench.ANN).status(), 200);
    bench.answers.expectProblem("the second", bench.register("Eve", RegistrationBench.ANN), 409);
    bench.expectMails("no second mail", 1);
    trial.expect("the user is Ann", bench.nameOf(RegistrationBench.ANN), "Ann");
    bench.full(true);
    var third = bench.register("Eve", RegistrationBench.ANN);
    bench.answers.expectProblem("the third", third, third.status() == 503 ? 503 : 409);
    trial.expect("the user is still Ann", bench.nameOf(RegistrationBench.ANN), "Ann");
  }
}
