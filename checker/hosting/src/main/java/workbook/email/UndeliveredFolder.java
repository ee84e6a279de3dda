package workbook.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Writes each mail that was not sent into a file of its own, so that somebody can look at it and
 * send it again. The files hold addresses and texts: the folder is for whoever may see these.
 */
public final class UndeliveredFolder implements Undelivered {

  private static final int LONGEST_NAME = 100;

  private final Path folder;

  /**
   * A folder for mails.
   *
   * @param folder where the files go; it is made when it is needed
   */
  public UndeliveredFolder(Path folder) {
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  /**
   * Writes the mail and why it was given up.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  @Override
  public void dead(DeadLetter letter) {
    write("dead", letter.message(), letter.attempts(), String.valueOf(letter.cause().getMessage()));
  }

  /**
   * Writes the mail.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  @Override
  public void unsent(QueuedEmail email) {
    write("unsent", email.message(), email.attempts(), "the service was stopped");
  }

  private void write(String kind, EmailMessage message, int attempts, String why) {
    var lines =
        List.of(
            "Message-ID: " + message.messageId(),
            "To: " + String.join(", ", message.to().stream().map(Mailbox::address).toList()),
            "Attempts: " + attempts,
            "Why: " + why,
            "Subject: " + message.subject(),
            "",
            message.body(),
            "");
    var id = message.messageId().replaceAll("[^A-Za-z0-9.@-]", "");
    id = id.substring(0, Math.min(id.length(), LONGEST_NAME)); // a file's name is not any longer
    try {
      Files.createDirectories(folder);
      Files.write(
          Files.createTempFile(folder, id + ".", "." + kind + ".txt"),
          String.join("\n", lines).getBytes(UTF_8)); // which takes any text, half a character, too
    } catch (IOException e) {
      throw new UncheckedIOException("a mail cannot be written to " + folder, e);
    }
  }
}
