package workbook.proof.email;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Services that send what is queued, and are wrong. */
public final class BrokenEmailProcessingServices {

  static final Table SERVICE = new Table(WorkbookModule.EMAIL, "EmailProcessingService");

  private static final String SEND_IN_SCOPE =
      """
          var scope = scopes.createScope();
          try {
            scope.get(EmailService.class).send(message);
          } finally {
            close(scope); // not by try-with-resources: a failure here must not become the mail's
          }
      """;
  private static final String FINALLY =
      """
          } finally {
            queue.shutDown().forEach(this::unsent);
          }
      """;
  private static final String OTHERS = "    } catch (Exception e) {\n      log.warn(\"{} not sent,";
  private static final String DOUBLE =
      "for (int n = 1; n < attempts && full.compareTo(policy.longest()) < 0; n++) {";
  private static final String CAP =
      "    full = full.compareTo(policy.longest()) < 0 ? full : policy.longest();\n";
  private static final String JITTER =
      "full.minusNanos((long) (full.toNanos() * policy.jitter() * random.nextDouble()));";
  private static final String AGAIN = "boolean again = attempts < policy.attempts();";
  private static final String RETRY =
      "var email = new QueuedEmail(message.only(e.retry()), attempts);";
  private static final String GIVEN =
      "var given = again ? e.refused() : message.to().stream().filter(to -> has(e, to)).toList();";
  private static final String FAILED_LOG =
      "log.warn(\"{} not sent, attempt {}: {}\", message, attempts, e.getMessage());";
  private static final String DEAD_LOG =
      "log.error(\"{} given up after {} attempt(s)\", message, attempts);";
  private static final String ERROR =
      "    } catch (Error e) {\n      unsent(email);\n      throw e;\n    }\n";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          // scopes
          SERVICE
              .broken("one-scope-for-all")
              .why("The sender is taken once, from a scope that is never closed.")
              .change(
                  SEND_IN_SCOPE,
                  "    if (sender == null) {\n"
                      + "      sender = scopes.createScope().get(EmailService.class);\n"
                      + "    }\n"
                      + "    sender.send(message);\n")
              .change(
                  "  private final EmailQueue queue;",
                  "  private EmailService sender;\n  private final EmailQueue queue;")
              .fails("5.34", "5.35", "5.44"),
          SERVICE
              .broken("scope-left-open")
              .why("No scope is closed.")
              .change("      close(scope);", "      log.trace(\"done\");")
              .fails("5.34", "5.35", "5.44"),
          SERVICE
              .broken("scope-closed-after-success-only")
              .why("After a failure the scope stays open.")
              .change(
                  SEND_IN_SCOPE,
                  "    var scope = scopes.createScope();\n"
                      + "    scope.get(EmailService.class).send(message);\n"
                      + "    close(scope);\n")
              .fails("5.34"),
          SERVICE
              .broken("scope-left-open-without-a-sender")
              .why("The scope is not closed when it cannot give an EmailService.")
              .change(
                  "    try {\n      scope.get(EmailService.class).send(message);",
                  "    var sender = scope.get(EmailService.class);\n"
                      + "    try {\n      sender.send(message);")
              .fails("5.34"),
          SERVICE
              .broken("try-with-resources")
              .why("What close throws becomes the mail's failure.")
              .change(
                  SEND_IN_SCOPE,
                  "    try (var scope = scopes.createScope()) {\n"
                      + "      scope.get(EmailService.class).send(message);\n"
                      + "    }\n")
              .fails("5.35"),
          SERVICE
              .broken("close-failure-swallowed")
              .why("Nobody hears of a scope that cannot be closed.")
              .change(
                  "      log.warn(\"a scope could not be closed\", e);\n", "      // never mind\n")
              .fails("5.35"),
          // delays
          SERVICE
              .broken("fixed-delay")
              .why("Every wait is as long as the first.")
              .change(DOUBLE, "for (int n = 1; n < 1; n++) {")
              .fails("5.36", "5.37"),
          SERVICE
              .broken("whole-seconds")
              .why("The delay is cut off to whole seconds.")
              .change(
                  "full = full.compareTo(policy.longest()) < 0 ? full : policy.longest();",
                  "full = full.compareTo(policy.longest()) < 0 ? full : policy.longest();\n"
                      + "    full = Duration.ofSeconds(full.toSeconds());")
              .fails("5.36"),
          SERVICE
              .broken("doubled-at-once")
              .why("The first wait is twice as long as it should be.")
              .change(DOUBLE, DOUBLE.replace("n = 1", "n = 0"))
              .fails("5.34", "5.36", "5.37", "5.38"),
          SERVICE
              .broken("linear")
              .why("Each wait is longer by the first.")
              .change("full = full.multipliedBy(2);", "full = full.plus(policy.first());")
              .fails("5.36"),
          SERVICE
              .broken("no-cap")
              .why("The waits double without a limit.")
              .change(DOUBLE, "for (int n = 1; n < Math.min(attempts, 30); n++) {")
              .change(CAP, "")
              .fails("5.36", "5.37"),
          SERVICE
              .broken("shifted-too-far")
              .why("The full delay is first, shifted by the attempts: an int has 32 bits.")
              .change(DOUBLE, "for (int n = 1; n < 2; n++) {")
              .change("full.multipliedBy(2)", "full.multipliedBy(1 << (attempts - 1))")
              .fails("5.36"),
          SERVICE
              .broken("tripled")
              .why("Each wait is three times the one before.")
              .change("full.multipliedBy(2)", "full.multipliedBy(3)")
              .fails("5.36", "5.38"),
          SERVICE
              .broken("no-jitter")
              .why("Mails that failed together come back together.")
              .change(JITTER, "full;")
              .fails("5.37"),
          SERVICE
              .broken("jitter-on-top")
              .why("The jitter makes a delay longer.")
              .change(JITTER, JITTER.replace("minusNanos", "plusNanos"))
              .fails("5.37"),
          SERVICE
              .broken("jitter-before-the-cap")
              .why("The jitter is taken off before the cap.")
              .change(CAP, "")
              .change(
                  "    return " + JITTER,
                  "    var some = "
                      + JITTER
                      + "\n"
                      + "    return some.compareTo(policy.longest()) < 0 ? some :"
                      + " policy.longest();")
              .fails("5.37"),
          SERVICE
              .broken("jitter-by-the-mail")
              .why("The jitter is drawn from a generator of the service's own.")
              .change(
                  "random.nextDouble()",
                  "new java.util.Random(attempts * 7919L + ++drawn).nextDouble()")
              .change(
                  "  private final EmailQueue queue;",
                  "  private int drawn;\n  private final EmailQueue queue;")
              .fails("5.37"),
          SERVICE
              .broken("jitter-drawn-once")
              .why("All delays have the same jitter.")
              .change("random.nextDouble()", "drawn")
              .change(
                  "  private final RandomGenerator random;",
                  "  private final RandomGenerator random;\n  private double drawn;")
              .change(
                  "Objects.requireNonNull(random, \"random\");",
                  "Objects.requireNonNull(random, \"random\");\n    drawn = random.nextDouble();")
              .fails("5.37"),
          SERVICE
              .broken("again-at-once")
              .why("A mail goes back into the queue without a delay.")
              .change("delay(attempts)", "Duration.ZERO")
              .fails("5.34", "5.36", "5.37", "5.38", "5.39", "5.41", "5.43", "5.44"),
          SERVICE
              .broken("all-attempts-in-a-row")
              .why("The worker tries a mail until it is done with it, and holds up the others.")
              .change(
                  "if (!queue.retry(email, delay(attempts))) {\n        unsent(email);\n      }",
                  "attempt(email);")
              .fails(
                  "5.34", "5.36", "5.37", "5.38", "5.39", "5.41", "5.43", "5.44", "5.45", "5.46"),
          // what is final
          SERVICE
              .broken("refused-ones-again")
              .why("A mail that is refused for good is tried again.")
              .change("if (again && !e.retry().isEmpty()) {", "if (again) {")
              .change(RETRY, "var email = new QueuedEmail(message, attempts);")
              .change(GIVEN, "var given = again ? java.util.List.<Mailbox>of() : message.to();")
              .fails("5.34", "5.35", "5.39", "5.41", "5.43", "5.45", "5.49"),
          SERVICE
              .broken("refused-ones-forgotten")
              .why("A recipient who is refused for good is forgotten.")
              .change(GIVEN, "var given = again ? java.util.List.<Mailbox>of() : e.retry();")
              .fails("5.35", "5.39", "5.41", "5.43", "5.45", "5.49"),
          SERVICE
              .broken("one-attempt-too-many")
              .why("The attempts are counted from the second on.")
              .change(AGAIN, "boolean again = attempts <= policy.attempts();")
              .fails("5.36", "5.37", "5.40", "5.41"),
          SERVICE
              .broken("one-attempt-too-few")
              .why("The last attempt is not made.")
              .change(AGAIN, "boolean again = attempts < policy.attempts() - 1;")
              .fails("5.36", "5.37", "5.40"),
          SERVICE
              .broken("counts-for-itself")
              .why("The attempts are counted here, and not taken over from the queue.")
              .change(
                  "  private void attempt(",
                  "  private final java.util.Map<String, Integer> counts = new"
                      + " java.util.HashMap<>();\n"
                      + "\n"
                      + "  private void attempt(")
              .change(
                  "int attempts = email.attempts() + 1;",
                  "int attempts = counts.merge(message.messageId(), 1, Integer::sum);")
              .fails("5.40"),
          SERVICE
              .broken("never-gives-up")
              .why("A mail is tried for ever.")
              .change(AGAIN, "boolean again = true;")
              .fails("5.36", "5.37", "5.40", "5.41"),
          SERVICE
              .broken("cause-forgotten")
              .why("The dead letter does not tell what happened.")
              .change(
                  "new DeadLetter(message, attempts, cause)",
                  "new DeadLetter(message, attempts, new IllegalStateException(\"not sent\"))")
              .fails("5.35", "5.39", "5.40", "5.42"),
          // recipients
          SERVICE
              .broken("all-recipients-again")
              .why("Whoever has got the mail gets it again.")
              .change(RETRY, "var email = new QueuedEmail(message, attempts);")
              .fails("5.41", "5.45"),
          SERVICE
              .broken("all-recipients-dead")
              .why("The dead letter is to all, those who have got the mail among them.")
              .change("dead(message.only(given), attempts, e);", "dead(message, attempts, e);")
              .fails("5.41", "5.45"),
          SERVICE
              .broken("new-message-id")
              .why("Each attempt is a mail of its own.")
              .change(
                  RETRY,
                  "var id = message.messageId().replace(\">\", \".org>\");\n"
                      + "      var email = new QueuedEmail(new EmailMessage(id, e.retry(),"
                      + " message.subject(), message.body()), attempts);")
              .fails("5.41"),
          // other exceptions
          SERVICE
              .broken("bug-ends-the-service")
              .why("An exception that nobody has thought of leaves the loop.")
              .change(
                  OTHERS,
                  "    } catch (java.util.concurrent.CompletionException e) {\n"
                      + "      log.warn(\"{} not sent,")
              .hangs()
              .fails("5.34", "5.42", "5.49"),
          SERVICE
              .broken("bug-tried-again")
              .why("What cannot work is tried again.")
              .change(
                  "      dead(message, attempts, e);\n    } catch (Error e) {",
                  "      failed(message, attempts, new EmailException(\"a bug\", message.to(),"
                      + " java.util.List.of(), e));\n"
                      + "    } catch (Error e) {")
              .fails("5.34", "5.42", "5.49"),
          SERVICE
              .broken("report-ends-the-service")
              .why("What Undelivered throws leaves the loop.")
              .change(
                  "    } catch (RuntimeException e) {\n      log.error(\"{} could not be reported",
                  "    } catch (java.util.concurrent.CompletionException e) {\n"
                      + "      log.error(\"{} could not be reported")
              .hangs()
              .fails("5.43"),
          SERVICE
              .broken("report-failure-swallowed")
              .why("Nobody hears of a report that failed, nor of the mail.")
              .change(
                  "      log.error(\"{} could not be reported: {}\", message,"
                      + " e.getClass().getName());\n",
                  "      // never mind\n")
              .change(
                  "    log.warn(\"{} is left unsent after {} attempt(s)\", email.message(),"
                      + " email.attempts());\n",
                  "")
              .change(DEAD_LOG, "log.error(\"a mail was given up\");")
              .fails("5.43", "5.49"),
          // stop
          SERVICE
              .broken("forgets-what-is-left")
              .why("The service ends, and nobody hears of what is in the queue.")
              .change(FINALLY, "    } finally {\n      queue.shutDown();\n    }\n")
              .fails("5.43", "5.44", "5.45", "5.46", "5.48"),
          SERVICE
              .broken("drains")
              .why("What is due is sent before the service ends.")
              .change(
                  "queue.dequeue(stopping)) {\n        attempt",
                  "queue.dequeue(stopping)) {\n        // next\n        attempt")
              .change(
                  FINALLY,
                  "    } finally {\n"
                      + "      for (var left : queue.shutDown()) {\n"
                      + "        if (left.attempts() == 0) {\n"
                      + "          attempt(left);\n"
                      + "        } else {\n"
                      + "          unsent(left);\n"
                      + "        }\n"
                      + "      }\n"
                      + "    }\n")
              .hangs()
              .fails("5.44", "5.46"),
          SERVICE
              .broken("reported-before-the-end")
              .why("The mail in hand is reported when stop begins, and sent all the same.")
              .change(
                  "    int attempts = email.attempts() + 1;\n",
                  "    int attempts = email.attempts() + 1;\n"
                      + "    if (queue instanceof AutoCloseable) {\n"
                      + "      return;\n"
                      + "    }\n")
              .change(
                  "      log.info(\"{} sent, attempt {}\", message, attempts);",
                  "      log.info(\"{} sent, attempt {}\", message, attempts);\n"
                      + "      if (stop) {\n"
                      + "        unsent(email);\n"
                      + "      }")
              .change(
                  "    try {\n      for (var email",
                  "    try (var _ = stopping.onCancel(() -> stop = true)) {\n      for (var email")
              .change(
                  "  private final EmailQueue queue;",
                  "  private volatile boolean stop;\n  private final EmailQueue queue;")
              .fails("5.44"),
          SERVICE
              .broken("refused-retry-lost")
              .why("A mail that cannot be put back is forgotten.")
              .change(
                  "      if (!queue.retry(email, delay(attempts))) {\n"
                      + "        unsent(email);\n"
                      + "      }\n",
                  "      queue.retry(email, delay(attempts));\n")
              .fails("5.45"),
          SERVICE
              .broken("refused-ones-forgotten-at-the-end")
              .why("When the queue is shut down, those who are refused are forgotten.")
              .change(
                  "        unsent(email);\n      }\n    }\n    var given",
                  "        unsent(email);\n        return;\n      }\n    }\n    var given")
              .fails("5.45"),
          SERVICE
              .broken("failure-at-stop-is-final")
              .why("A mail that fails while the service stops becomes a dead letter.")
              .change(AGAIN, "boolean again = attempts < policy.attempts() && !stop;")
              .change(
                  "    try {\n      for (var email",
                  "    try (var _ = stopping.onCancel(() -> stop = true)) {\n      for (var email")
              .change(
                  "  private final EmailQueue queue;",
                  "  private volatile boolean stop;\n  private final EmailQueue queue;")
              .fails("5.45", "5.46"),
          SERVICE
              .broken("interrupted-attempt-lost")
              .why("A mail whose attempt is interrupted is forgotten.")
              .change(
                  "    boolean again",
                  "    if (Thread.currentThread().isInterrupted()) {\n"
                      + "      return;\n"
                      + "    }\n"
                      + "    boolean again")
              .hangs()
              .fails("5.46"),
          SERVICE
              .broken("queue-left-open")
              .why("The queue accepts mails that nobody will take.")
              .change(FINALLY, "    } finally {\n      log.debug(\"{} ends\", name());\n    }\n")
              .fails("5.43", "5.44", "5.45", "5.46", "5.47", "5.48"),
          SERVICE
              .broken("end-logged-as-error")
              .why("A normal end is logged as an error.")
              .change(
                  FINALLY,
                  "    } finally {\n"
                      + "      log.error(\"{} ends\", name());\n"
                      + "      queue.shutDown().forEach(this::unsent);\n"
                      + "    }\n")
              .fails("5.47"),
          SERVICE
              .broken("shut-down-at-a-normal-end-only")
              .why("When the loop ends with an Error, nobody reports what is left.")
              .change(
                  "    } finally {\n      queue.shutDown().forEach(this::unsent);\n    }\n",
                  "    } catch (java.util.concurrent.CompletionException e) {\n"
                      + "      log.debug(\"never\");\n"
                      + "    }\n"
                      + "    queue.shutDown().forEach(this::unsent);\n")
              .fails("5.46", "5.48"),
          SERVICE
              .broken("error-s-mail-lost")
              .why("The mail at which an Error is thrown is forgotten.")
              .change(ERROR, "    }\n")
              .fails("5.48"),
          SERVICE
              .broken("error-caught")
              .why("An Error is treated like an exception.")
              .change(
                  ERROR,
                  "    } catch (Error e) {\n"
                      + "      dead(message, attempts, new IllegalStateException(e));\n"
                      + "    }\n")
              .hangs()
              .fails("5.48"),
          // log
          SERVICE
              .broken("cause-logged")
              .why("The cause is logged, and with it what the server said.")
              .change(FAILED_LOG, "log.warn(\"{} not sent, attempt {}\", message, attempts, e);")
              .fails("5.49"),
          SERVICE
              .broken("recipient-logged")
              .why("The recipient is logged.")
              .change(
                  "      log.info(\"{} sent, attempt {}\", message, attempts);",
                  "      log.info(\"sent to {}\", message.to().getFirst().address());")
              .fails("5.49"),
          SERVICE
              .broken("failure-as-information")
              .why("A failed attempt is logged at a level that nobody reads.")
              .change(FAILED_LOG, FAILED_LOG.replace("warn", "info"))
              .fails("5.49"),
          SERVICE
              .broken("dead-letter-as-warning")
              .why("A dead letter is logged as a warning.")
              .change(DEAD_LOG, DEAD_LOG.replace("error", "warn"))
              .fails("5.49"),
          SERVICE
              .broken("success-not-logged")
              .why("Nobody hears of a mail that was sent.")
              .change("      log.info(\"{} sent, attempt {}\", message, attempts);\n", "")
              .fails("5.49"),
          SERVICE
              .broken("bug-without-a-warning")
              .why("An attempt that meets a bug is not logged, its dead letter is.")
              .change(
                  "      log.warn(\"{} not sent, attempt {}: {}\", message, attempts,"
                      + " e.getClass().getName());\n",
                  "")
              .fails("5.49"),
          SERVICE
              .broken("mail-not-named")
              .why("The log does not say which mail it is about.")
              .change(FAILED_LOG, "log.warn(\"a mail was not sent, attempt {}\", attempts);")
              .fails("5.49"),
          // null
          SERVICE
              .broken("null-random")
              .why("Null is taken.")
              .change("Objects.requireNonNull(random, \"random\")", "random")
              .fails("5.50"),
          SERVICE
              .broken("null-without-a-name")
              .why("The message does not name the argument.")
              .change(
                  "Objects.requireNonNull(undelivered, \"undelivered\")",
                  "Objects.requireNonNull(undelivered)")
              .fails("5.50"));

  private BrokenEmailProcessingServices() {}
}
