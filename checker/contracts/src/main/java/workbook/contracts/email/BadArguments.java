package workbook.contracts.email;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import workbook.checker.Trial;
import workbook.email.QueuedEmail;
import workbook.hosting.HostedService;

/** What a constructor or a method refuses at once. */
final class BadArguments {

  private BadArguments() {}

  static void ofTheSender(Trial trial, SmtpEmailServiceContract contract) {
    var bench = contract.bench(trial);
    var server = bench.server();
    var settings = SmtpBench.plain(server, SmtpBench.LONG);
    var service = bench.service(settings);
    trial.expectRefused(
        "null settings", () -> contract.create(Trial.noValue(), trial.time()), "settings");
    trial.expectRefused("a null clock", () -> contract.create(settings, Trial.noValue()), "time");
    trial.expectRefused("a null message", () -> service.send(Trial.noValue()), "message");
    trial.expect("connections made: 0", server.connections(), 0);
  }

  static void ofTheQueue(Trial trial, EmailQueueContract contract) {
    var queue = contract.bench(trial, 1);
    var email = new QueuedEmail(EmailQueueBench.mail("a"), 1);
    for (var state : List.of("while there is room", "while full", "when shut down")) {
      trial.expectRefused(
          "a null message, " + state, () -> queue.subject.enqueue(Trial.noValue()), "message");
      trial.expectRefused(
          "a null email, " + state,
          () -> queue.subject.retry(Trial.noValue(), Duration.ZERO),
          "email");
      trial.expectRefused(
          "a null delay, " + state, () -> queue.subject.retry(email, Trial.noValue()), "delay");
      trial.expectRefused(
          "a delay of -1 ms, " + state,
          () -> queue.subject.retry(email, Duration.ofMillis(-1)),
          "delay");
      trial.expectRefused(
          "a delay of -1 ns, " + state,
          () -> queue.subject.retry(email, Duration.ofNanos(-1)),
          "delay");
      if (state.endsWith("room")) {
        queue.calls.put("a");
      } else {
        queue.shutDown();
      }
    }
    trial.lookAt("<init>");
    trial.expectRefused("a capacity of 0", () -> contract.create(0, trial.time()), "capacity", "0");
    trial.expectRefused(
        "a capacity of -2", () -> contract.create(-2, trial.time()), "capacity", "-2");
    trial.expectRefused("a null clock", () -> contract.create(1, Trial.noValue()), "time");
  }

  static void ofTheService(Trial trial, EmailProcessingServiceContract contract) {
    var bench = contract.bench(trial, (_, _) -> {});
    var policy = ProcessingBench.POLICY;
    var random = new Random(5);
    trial.expectRefused(
        "a null name",
        () -> contract.create(Trial.noValue(), bench.queue, bench, policy, bench, random),
        "name");
    trial.expectRefused("a null queue", () -> made(contract, bench, 0), "queue");
    trial.expectRefused("null scopes", () -> made(contract, bench, 1), "scopes");
    trial.expectRefused("a null policy", () -> made(contract, bench, 2), "policy");
    trial.expectRefused("a null undelivered", () -> made(contract, bench, 3), "undelivered");
    trial.expectRefused("a null random", () -> made(contract, bench, 4), "random");
  }

  private static HostedService made(
      EmailProcessingServiceContract contract, ProcessingBench bench, int missing) {
    return contract.create(
        ProcessingBench.NAME,
        missing == 0 ? Trial.noValue() : bench.queue,
        missing == 1 ? Trial.noValue() : bench,
        missing == 2 ? Trial.noValue() : ProcessingBench.POLICY,
        missing == 3 ? Trial.noValue() : bench,
        missing == 4 ? Trial.noValue() : new Random(5));
  }

  static void ofTheHandler(Trial trial, RegistrationHandlerContract contract) throws IOException {
    var bench = contract.bench(trial);
    trial.expectRefused("a null queue", () -> contract.create(Trial.noValue(), bench), "queue");
    trial.expectRefused("null users", () -> contract.create(bench, Trial.noValue()), "users");
  }
}
