package workbook.contracts.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.email.EmailQueue;
import workbook.email.Users;

/** The rules of a registration, and of what is wrong with one. */
abstract class RegistrationRules {

  static final String ANN = "ann@example.com";

  /** A contract is stateless. */
  RegistrationRules() {}

  /**
   * Makes the handler under test. It is mounted at {@code /register}.
   *
   * @param queue takes the mails
   * @param users takes the users
   * @return a new handler
   */
  protected abstract HttpHandler create(EmailQueue queue, Users users);

  final RegistrationBench bench(Trial trial) throws IOException {
    return new RegistrationBench(trial, this::create);
  }

  /** The answer is there before any SMTP is spoken. */
  @Rule(
      number = "5.51",
      says =
          "A registration MUST be answered 200 as soon as its user is registered and its mail is in"
              + " the queue, before the mail is sent.",
      check =
          "that the mail is put into the queue, and nothing is waited for; that the 200 comes after"
              + " the queue has accepted it; that name and address are those of the form",
      lookAt = "handle")
  void registered(Trial trial) throws IOException {
    trial.setUp("Zoe registers; a queue that nobody takes from; a look around while 200 arrives");
    var bench = bench(trial);
    bench.wire.holdAfterAnswer();
    var answer = bench.register("Zoë", ANN);
    trial.expect("the registration is answered 200", answer.status(), 200);
    bench.expectMails("when 200 arrives, the queue has accepted one mail", 1);
    trial.expect("when 200 arrives, the user is registered", bench.nameOf(ANN), "Zoë");
    bench.wire.release();
    bench.wire.expectIdle();
    bench.expectMails("one mail for one registration", 1);
    var message = bench.accepted().getFirst();
    trial.expectThat(
        "the mail is to the name and the address of the form, and to nobody else",
        message.to().size() == 1
            && message.to().getFirst().address().equals(ANN)
            && message.to().getFirst().name().equals("Zoë"),
        "it is to " + message.to().size() + " recipient(s), or to others");
    trial.expectThat("the mail has a subject", !message.subject().isBlank(), "it has none");
    trial.expectThat(
        "the mail greets the user by name",
        message.body().contains("Zoë") || message.subject().contains("Zoë"),
        "neither its text nor its subject has the name");
  }

  /** Each registration has its own mail. */
  @Rule(
      number = "5.52",
      says = "Registrations MUST NOT mix: each has its own user, mail and Message-ID.",
      check =
          "what is kept in fields of the handler; the Message-ID, which is made anew for each mail",
      lookAt = "handle")
  void doNotMix(Trial trial) throws IOException {
    trial.setUp("Ann, Bob and Cid register on one connection, Cid at /register?from=page");
    var bench = bench(trial);
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
    bench.expectUsers("three users", ANN, "bob@example.com", "cid@example.com");
    var mails = bench.accepted();
    trial.expect(
        "a mail to each",
        mails.stream().map(mail -> mail.to().getFirst().address()).toList(),
        List.of(ANN, "bob@example.com", "cid@example.com"));
    long ids = mails.stream().map(mail -> mail.messageId()).distinct().count();
    trial.expect("different Message-IDs", ids, 3L);
  }

  /** An address that is none gets no mail. */
  @Rule(
      number = "5.53",
      says =
          "An address that is not exactly one plain ASCII address MUST be answered 400, with no"
              + " user registered and no mail accepted.",
      check =
          "strict parsing; several addresses in one; a name beside it; a line break, which a form"
              + " can hold as %0D%0A; a field that is missing",
      lookAt = "handle")
  void badAddress(Trial trial) throws IOException {
    trial.setUp("addresses that are none, several, or one with something beside it");
    var bench = bench(trial);
    var wrong =
        List.of(
            "",
            "ann",
            "ann@",
            "@example.com",
            "ann@example.com@example.org",
            "ann smith@example.com",
            "ann@example.com,eve@example.org",
            "ann@example.com, eve@example.org",
            "ann@example.com;eve@example.org",
            "Ann <ann@example.com>",
            "<ann@example.com>",
            "friends:ann@example.com;",
            "ann@example.com\r\nBcc: eve@example.org",
            "ann@example.com\n",
            "\nann@example.com",
            "ann@example.com>",
            "änn@example.com",
            "ann@exämple.com");
    for (var address : wrong) {
      var shown = address.replace("\r", "\\r").replace("\n", "\\n");
      bench.expectProblem("the address '" + shown + "'", bench.register("Ann", address), 400);
      bench.expectUsers("nobody is registered with the address '" + shown + "'");
    }
    var missing = bench.post("name=Ann".getBytes(UTF_8));
    bench.expectProblem("a form without an address", missing, 400);
    bench.expectUsers("nobody is registered");
    bench.expectMails("no mail is accepted", 0);
    for (var address : List.of("a@b.example", "Ann.Smith+news@mail.example.com")) {
      trial.expect(
          "the address '" + address + "' is answered 200",
          bench.register("Ann", address).status(),
          200);
      trial.expect(
          "the mail is to the address as it was typed",
          bench.accepted().getLast().to().getFirst().address(),
          address);
    }
  }

  /** A name goes into a header, so it is looked at, too. */
  @Rule(
      number = "5.54",
      says =
          "A name that is blank or has a line break or another control character MUST be answered"
              + " 400, with no user registered and no mail accepted.",
      check = "line breaks and other control characters; a name that is blank or missing",
      lookAt = "handle")
  void badName(Trial trial) throws IOException {
    trial.setUp("no name, a blank one, names with CR LF, CR, LF, NUL, BEL, DEL; then good ones");
    var bench = bench(trial);
    for (var name :
        List.of(
            "", "   ", "Ann\r\nBcc: eve@example.org", "A\rB", "A\nB", "A\0B", "A\7B", "A\177B")) {
      var shown = DeliveryRules.shown(name);
      bench.expectProblem("the name '" + shown + "'", bench.register(name, ANN), 400);
      bench.expectUsers("nobody is registered with the name '" + shown + "'");
    }
    var missing = bench.post("email=ann%40example.com".getBytes(UTF_8));
    bench.expectProblem("a form without a name", missing, 400);
    bench.expectMails("no mail is accepted", 0);
    bench.expectUsers("nobody is registered");
    for (var name : List.of("山田 太郎", "O'Neil, \"Ann\" <x>")) {
      var address = "ann" + name.length() + "@example.com";
      var answer = bench.register(name, address);
      trial.expect("the name '" + name + "' is answered 200", answer.status(), 200);
      trial.expect("the user's name is as it was", bench.nameOf(address), name);
    }
  }
}
