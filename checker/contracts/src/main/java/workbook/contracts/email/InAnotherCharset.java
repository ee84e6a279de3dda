package workbook.contracts.email;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.lang.reflect.Field;
import java.util.List;
import workbook.checker.Trial;
import workbook.contracts.shared.DefaultCharset;
import workbook.email.Mailbox;

/**
 * Sends where the default charset is not UTF-8. A JVM's own is set once, when it starts; but what
 * the library takes from it can be changed while it runs. What the learner's own code takes from it
 * is seen in the class files.
 */
final class InAnotherCharset {

  private static final String LATIN_1 = "ISO-8859-1";

  private InAnotherCharset() {}

  static void send(Trial trial, SmtpEmailServiceContract contract) throws MessagingException {
    trial.setUp("your class files");
    DefaultCharset.expectNone(trial, contract.getClass());
    trial.setUp("mails sent where the library's default charset is " + LATIN_1);
    set(trial, "defaultJavaCharset");
    set(trial, "defaultMIMECharset");
    var bench = contract.bench(trial);
    var server = bench.server();
    for (var field : Texts.FIELDS.subList(0, 3)) {
      var from = SmtpBench.from(server.port(), new Mailbox(field.name(), "bob@example.com"));
      var to = List.of(new Mailbox(field.name(), "ann@example.com"));
      bench
          .send(server, from, SmtpBench.mail(to, field.subject(), Texts.BODIES.getFirst()))
          .expectSent("send returns");
      Texts.expectField(trial, server.mails().getLast(), field);
      trial.lookAt("setText", "send");
      Texts.expectText(trial, server.mails().getLast(), Texts.BODIES.getFirst());
      trial.lookAt();
    }
  }

  /** Sets what the library keeps of the default charset, until the trial is over. */
  private static void set(Trial trial, String name) {
    try {
      Field field = MimeUtility.class.getDeclaredField(name);
      field.setAccessible(true);
      var before = field.get(null);
      field.set(null, LATIN_1);
      trial.afterwards(() -> field.set(null, before));
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw trial.notDecided(
          "the library's default charset cannot be changed here, " + e.getClass().getSimpleName(),
          "use the version of the library that the root pom names");
    }
  }
}
