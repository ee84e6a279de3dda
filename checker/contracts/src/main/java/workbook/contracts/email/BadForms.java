package workbook.contracts.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import workbook.checker.Trial;

/** What is no registration. */
final class BadForms {

  private BadForms() {}

  static void address(Trial trial, RegistrationHandlerContract contract) throws IOException {
    trial.setUp("texts that are no address, several, or one with something beside it");
    var bench = contract.bench(trial);
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
            "ann@exämple.com",
            "ann@example.com ",
            "ann@example.com(eve)",
            "a".repeat(1_188) + "@example.com");
    for (var address : wrong) {
      var shown = Texts.brief(address);
      bench.answers.expectProblem(
          "the address '" + shown + "'", bench.register("Ann", address), 400);
      bench.expectUsers("nobody is registered with the address '" + shown + "'");
    }
    var missing = bench.post("name=Ann".getBytes(UTF_8));
    bench.answers.expectProblem("a form without an address", missing, 400);
    bench.expectUsers("nobody is registered");
    bench.expectMails("no mail is accepted", 0);
    for (var address : Refusals.PLAIN) {
      trial.expect(
          "the address '" + Texts.brief(address) + "' is answered 200",
          bench.register("Ann", address).status(),
          200);
      trial.expect(
          "the mail is to the address as it was typed",
          bench.accepted().getLast().to().getFirst().address(),
          address);
    }
  }

  static void name(Trial trial, RegistrationHandlerContract contract) throws IOException {
    trial.setUp("no name, a blank one, names with CR LF, CR, LF, NUL, BEL, DEL; then good ones");
    var bench = contract.bench(trial);
    for (var name :
        List.of(
            "", "   ", "Ann\r\nBcc: eve@example.org", "A\rB", "A\nB", "A\0B", "A\7B", "A\177B")) {
      var shown = Refusals.shown(name);
      bench.answers.expectProblem(
          "the name '" + shown + "'", bench.register(name, RegistrationBench.ANN), 400);
      bench.expectUsers("nobody is registered with the name '" + shown + "'");
    }
    var missing = bench.post("email=ann%40example.com".getBytes(UTF_8));
    bench.answers.expectProblem("a form without a name", missing, 400);
    bench.expectMails("no mail is accepted", 0);
    bench.expectUsers("nobody is registered");
    for (var name :
        List.of(
            "山田 太郎",
            "O'Neil, \"Ann\" <x>",
            "🎉 =?UTF-8?Q?Eve?= %41 &amp; a+b=c \\",
            "de la Cruz y " + "Martínez ".repeat(40).strip(),
            "X")) {
      var address = "ann" + name.length() + "@example.com";
      var answer = bench.register(name, address);
      trial.expect("the name '" + Texts.brief(name) + "' is answered 200", answer.status(), 200);
      trial.expectThat(
          "the user's name and the mail's are as it was typed",
          bench.nameOf(address).equals(name)
              && bench.accepted().getLast().to().getFirst().name().equals(name),
          "they are others");
    }
  }

  static void otherRequests(Trial trial, RegistrationHandlerContract contract) throws IOException {
    trial.setUp("POST to other paths; GET and PUT; JSON; a form of 5,000 bytes; on one connection");
    var bench = contract.bench(trial);
    var form = RegistrationBench.form("Ann", RegistrationBench.ANN);
    record Refused(String method, String path, String type, byte[] body, int status) {}
    var json = "{}".getBytes(UTF_8);
    for (var refused :
        List.of(
            new Refused("POST", "/registered", RegistrationBench.FORM, form, 404),
            new Refused("POST", "/register/ann", RegistrationBench.FORM, form, 404),
            new Refused("GET", "/register", RegistrationBench.FORM, form, 405),
            new Refused("PUT", "/register", RegistrationBench.FORM, form, 405),
            new Refused("POST", "/register", "application/json", json, 415),
            new Refused("POST", "/register", RegistrationBench.FORM, new byte[5_000], 413))) {
      try (var connection = bench.wire.connect()) {
        for (var time : List.of("a request", "the same, on the same connection,")) {
          var answer =
              connection
                  .send(
                      refused.method,
                      refused.path,
                      "Content-Type: " + refused.type,
                      "Content-Length: " + refused.body.length)
                  .write(refused.body)
                  .answer(time + " is answered");
          bench.answers.expectProblem(refused.method + " " + refused.path, answer, refused.status);
          if (refused.status == 405) {
            bench.answers.expectAllow(answer, "POST", "GET", "PUT");
          }
          bench.wire.expectClosed();
        }
      }
    }
    bench.expectUsers("nobody is registered");
    bench.expectMails("no mail is accepted", 0);
  }
}
