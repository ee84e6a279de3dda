package workbook.contracts.email;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import workbook.checker.Trial;
import workbook.email.Mailbox;

/**
 * A person and a mail of which nothing may be told, in words that stand nowhere else. What is said
 * of one must be the same for another: that also finds what is masked or cut.
 */
enum Secret {
  ONE("Zuzuq Yaxhjol", "zuzuq.yaxhjol@qvizmtk.example", "jufmrex zikvon", "kwejzom pofbaz"),
  OTHER("Wofke Bnyulg", "wofke.bnyulg@drexpaf.example", "haggwid cluzot", "vimdey rastuq");

  private static final int PART = 4;

  final Mailbox mailbox;
  final String subject;
  final String text;

  Secret(String name, String address, String subject, String text) {
    this.mailbox = new Mailbox(name, address);
    this.subject = subject;
    this.text = text;
  }

  /** Expects that what was said holds no part of it. */
  void expectNothingIn(Trial trial, String where, List<String> said) {
    for (var line : said) {
      for (var part : parts()) {
        trial.expectThat(
            where + " contains no address, no name, no subject and no text, not even a part of one",
            !line.toLowerCase(Locale.ROOT).contains(part),
            "it contains: " + part);
      }
    }
  }

  private List<String> parts() {
    var parts = new ArrayList<String>();
    Stream.of(mailbox.name(), mailbox.address(), subject, text)
        .flatMap(each -> Stream.of(each.toLowerCase(Locale.ROOT).split("[^a-z]")))
        .filter(word -> !word.equals("example"))
        .forEach(
            word -> {
              for (int end = PART; end <= word.length(); end++) {
                parts.add(word.substring(end - PART, end));
              }
            });
    return parts;
  }

  /** Expects that of both the same was said, numbers and Message-IDs aside. */
  static void expectSame(Trial trial, String where, List<String> ofOne, List<String> ofOther) {
    var one = plain(ofOne);
    var other = plain(ofOther);
    var more = new ArrayList<>(one);
    other.forEach(more::remove);
    var less = new ArrayList<>(other);
    one.forEach(less::remove);
    trial.expectThat(
        where
            + " is the same for another address, name, subject and text: nothing is masked or cut",
        more.isEmpty() && less.isEmpty(),
        "for one: %s; for another: %s".formatted(first(more), first(less)));
  }

  private static String first(List<String> lines) {
    return lines.isEmpty() ? "nothing" : lines.getFirst();
  }

  private static List<String> plain(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceAll("<[^<> ]*@[^<> ]*>", "<id>"))
        .map(line -> line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "id"))
        .map(line -> line.replaceAll("@[0-9a-f]+\\b", "@#"))
        .map(line -> line.replaceAll("\\d+", "#"))
        .toList();
  }
}
