package workbook.proof.hosting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.email.DeadLetter;
import workbook.email.EmailException;
import workbook.email.EmailMessage;
import workbook.email.EmailScopes;
import workbook.email.EmailService;
import workbook.email.InMemoryUsers;
import workbook.email.Inbox;
import workbook.email.Mailbox;
import workbook.email.QueuedEmail;
import workbook.email.RetryPolicy;
import workbook.email.SmtpSettings.Credentials;
import workbook.email.SmtpSettings.Timeouts;
import workbook.email.UndeliveredFolder;

/** The given parts of module 05. */
class EmailPartsTest {

  private static final Mailbox ANN = new Mailbox("Ann", "ann@example.com");

  @Test
  void textsOfRecordsTellNothing() {
    var message = EmailMessage.to(ANN, "a subject", "a text");
    var texts =
        List.of(
            message.toString(),
            new QueuedEmail(message, 1).toString(),
            new DeadLetter(message, 1, new IllegalStateException("x")).toString(),
            ANN.toString(),
            new Credentials("mailer", "open sesame").toString());
    assertThat(texts)
        .noneMatch(text -> text.matches(".*(Ann|ann@|subject|a text|mailer|sesame).*"));
    assertThat(message.toString()).contains(message.messageId());
  }

  @Test
  void aMessageKeepsItsIdForSomeOfItsRecipients() {
    var message = EmailMessage.to(ANN, "a subject", "a text");
    var some = message.only(List.of(Mailbox.of("bob@example.com")));
    assertThat(some.messageId()).isEqualTo(message.messageId());
    assertThat(EmailMessage.to(ANN, "", "").messageId()).isNotEqualTo(message.messageId());
  }

  @Test
  void recordsRefuseWhatMakesNoSense() {
    for (var id : List.of("", "x@y", "<x>", "<a@b>\r\nBcc: x", "<a@b@c>", "<a b@c>")) {
      assertThatThrownBy(() -> new EmailMessage(id, List.of(ANN), "", ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("messageId");
    }
    assertThatThrownBy(() -> new EmailMessage("<a@b>", List.of(), "", ""))
        .hasMessageContaining("at least one recipient");
    assertThatThrownBy(() -> new EmailException("x", List.of(), List.of(), null))
        .hasMessageContaining("both empty");
    var second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Timeouts(second, Duration.ofNanos(1), second, second))
        .hasMessageContaining("read must be at least 1 ms");
    assertThatThrownBy(() -> new RetryPolicy(1, second, second.dividedBy(2), 0))
        .hasMessageContaining("longest must be at least first");
    assertThatThrownBy(() -> new RetryPolicy(1, second, second, 1.1))
        .hasMessageContaining("jitter must be from 0 to 1");
  }

  @Test
  void aScopeMakesOneServiceAndClosesIt() {
    var closed = new AtomicInteger();
    final class Closing implements EmailService, AutoCloseable {
      @Override
      public void send(EmailMessage message) {}

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    }
    var scopes = new EmailScopes(Closing::new);
    var scope = scopes.createScope();
    var service = scope.get(EmailService.class);
    assertThat(scope.get(EmailService.class)).isSameAs(service);
    assertThat(scopes.createScope().get(EmailService.class)).isNotSameAs(service);
    assertThatThrownBy(() -> scope.get(String.class)).hasMessageContaining("java.lang.String");
    scope.close();
    scope.close();
    assertThat(closed).hasValue(1);
    assertThatThrownBy(() -> scope.get(EmailService.class))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void usersAreAddedOnce() {
    var users = new InMemoryUsers();
    assertThat(users.add("ann@example.com", "Ann")).isTrue();
    assertThat(users.add("ann@example.com", "Eve")).isFalse();
    users.remove("ann@example.com");
    assertThat(users.add("ann@example.com", "Ann")).isTrue();
  }

  @Test
  void anInboxTakesMailsDotForDot() throws IOException {
    try (var inbox = new Inbox();
        var socket = new Socket(InetAddress.getLoopbackAddress(), inbox.port())) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      var replies = new ArrayList<String>();
      var out = socket.getOutputStream();
      replies.add(in.readLine());
      for (var line :
          List.of(
              "EHLO x", "MAIL FROM:<a@b.c>", "RCPT TO:<x@y.z>", "WHAT", "DATA", "..a\r\nb\r\n.")) {
        out.write((line + "\r\n").getBytes(UTF_8));
        replies.add(in.readLine());
      }
      out.write("QUIT\r\n".getBytes(UTF_8));
      replies.add(in.readLine());
      assertThat(replies.stream().map(reply -> reply.substring(0, 3)))
          .containsExactly("220", "250", "250", "250", "500", "354", "250", "221");
      assertThat(in.readLine()).isNull();
      assertThat(inbox.mails()).hasSize(1);
      assertThat(inbox.mails().getFirst()).asString(UTF_8).isEqualTo(".a\r\nb\r\n");
    }
  }

  @Test
  void whatIsNotDeliveredIsWrittenDown(@TempDir Path folder) throws IOException {
    var undelivered = new UndeliveredFolder(folder.resolve("a/b"));
    var message = EmailMessage.to(ANN, "a subject", "a text");
    undelivered.unsent(new QueuedEmail(message, 2));
    undelivered.dead(new DeadLetter(message, 3, new IllegalStateException("550")));
    try (var files = Files.list(folder.resolve("a/b"))) {
      var texts = new ArrayList<String>();
      for (var file : files.sorted().toList()) {
        texts.add(
            file.getFileName().toString().replaceAll(".*\\.(\\w+)\\.txt", "$1 ")
                + Files.readString(file));
      }
      assertThat(texts)
          .anyMatch(text -> text.startsWith("unsent ") && text.contains("Attempts: 2"))
          .anyMatch(text -> text.startsWith("dead ") && text.contains("Why: 550"))
          .allMatch(text -> text.contains("ann@example.com") && text.contains("a text"));
    }
  }
}
