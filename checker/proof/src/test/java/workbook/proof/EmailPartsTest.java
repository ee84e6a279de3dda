package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.email.DeadLetter;
import workbook.email.EmailMessage;
import workbook.email.EncodedWords;
import workbook.email.Mailbox;
import workbook.email.QueuedEmail;
import workbook.email.UndeliveredFolder;

/** What is given in module 05, at its limits. */
class EmailPartsTest {

  private static final List<Mailbox> ANN = List.of(Mailbox.of("ann@example.com"));

  @Test
  void aMessageIdFitsIntoOneLine() {
    var longest = "<" + "i".repeat(881) + "@workbook.example>";
    assertThat(new EmailMessage(longest, ANN, "Hello", "").messageId()).hasSize(900);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EmailMessage("<i" + longest.substring(1), ANN, "Hello", ""))
        .withMessageContaining("messageId")
        .withMessageContaining("900");
  }

  @Test
  void whateverIsTypedIsReadAgain() throws IOException {
    var random = new Random(5);
    var parts = List.of("=?", "?=", "=?UTF-8?Q?x?=", " ", "  ", "ü", "🎉", "plain", "x".repeat(70));
    for (int n = 0; n < 5_000; n++) {
      var text = new StringBuilder();
      for (int more = random.nextInt(9); more >= 0; more--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      var written = EncodedWords.of(text.toString());
      assertThat(written).matches("\\p{ASCII}*");
      assertThat(written.split(" ")).allSatisfy(word -> assertThat(word).hasSizeLessThan(76));
      assertThat(MimeUtility.decodeText(written)).isEqualTo(text.toString());
    }
    assertThat(EncodedWords.of("")).isEmpty();
    assertThat(EncodedWords.of("Welcome, Ann!")).isEqualTo("Welcome, Ann!");
  }

  @Test
  void noMailIsTooStrangeToBeWrittenDown(@TempDir Path folder) {
    var id = "<" + "i".repeat(881) + "@workbook.example>";
    var undelivered = new UndeliveredFolder(folder);
    var message = new EmailMessage(id, ANN, "half a character: \ud83d", "another: \udc00\n");
    undelivered.dead(new DeadLetter(message, 1, new IllegalStateException("why")));
    undelivered.unsent(new QueuedEmail(message, 0));
    assertThat(Workbook.filesIn(folder)).hasSize(2);
    for (var file : Workbook.filesIn(folder)) {
      assertThat(Workbook.read(file)).contains(id, "ann@example.com", "another: ");
    }
  }
}
