package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workbook.checker.Trial;
import workbook.recurring.DueTimes;

/** Cron texts that are tried, and what is expected of their due times. */
final class CronBench {

  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final String DAILY = "0 30 2 ? * *";
  static final Duration QUARTER = Duration.ofMinutes(15);
  static final Duration HALF_A_DAY = Duration.ofHours(12);

  private final Trial trial;
  private final DueTimesContract page;

  CronBench(Trial trial, DueTimesContract page) {
    this.trial = trial;
    this.page = page;
  }

  DueTimes subject(String cron, ZoneId zone) {
    trial.setUp("'" + cron + "' in " + zone);
    return trial.subject(page.create(cron, zone));
  }

  void expectDue(String cron, ZoneId zone, String after, String... wanted) {
    var times = subject(cron, zone);
    var due = new ArrayList<Instant>();
    var last = Instant.parse(after);
    for (int n = 0; n < wanted.length; n++) {
      last = times.next(last);
      due.add(last);
    }
    var expected = List.of(wanted).stream().map(Instant::parse).toList();
    trial.expect("after " + after + " it is due at " + Trial.describe(expected), due, expected);
  }

  /** Expects these dates or times of 2030, or that the text is refused when it is given. */
  void expectDueIfTaken(String cron, String after, String... wanted) {
    trial.subject(page.create(DAILY, UTC));
    trial.setUp("'%s' in UTC".formatted(cron));
    var expected =
        Stream.of(wanted)
            .map(at -> "2030-" + at + "01-01T00:00:00Z".substring(at.length()))
            .toList();
    var says =
        "it is refused when it is given, with an IllegalArgumentException, or after %s due at %s"
            .formatted(after, Trial.describe(expected));
    DueTimes times;
    try {
      times = trial.subject(page.create(cron, UTC));
    } catch (IllegalArgumentException e) {
      trial.note("it is refused");
      return;
    } catch (RuntimeException e) {
      throw trial.broken(says, Trial.describe(e) + " was thrown");
    }
    var due = new ArrayList<String>();
    var last = Instant.parse(after);
    for (int n = 0; n < wanted.length; n++) {
      try {
        last = times.next(last);
        due.add(last.toString());
      } catch (RuntimeException e) {
        throw trial.broken(says, "it is accepted, and next throws " + Trial.describe(e));
      }
    }
    trial.expectThat(says, due.equals(expected), "it is due at " + Trial.describe(due));
  }

  Instant later(DueTimes times, Instant after) {
    var due = times.next(after);
    trial.expectThat(
        "after %s it is due later than that".formatted(after.atZone(BERLIN)),
        due.isAfter(after),
        "it is due at " + due.atZone(BERLIN));
    return due;
  }

  void expectRefused(String cron, int position) {
    expectRefused(cron, "position " + position);
  }

  void expectRefused(String cron, String... oneOf) {
    trial.subject(page.create(DAILY, UTC));
    trial.setUp("'" + cron + "' in UTC");
    var positions = String.join(" or ", oneOf);
    var expected =
        "an IllegalArgumentException whose message holds the text and '%s'".formatted(positions);
    try {
      page.create(cron, UTC);
    } catch (IllegalArgumentException e) {
      var message = String.valueOf(e.getMessage()) + "."; // 1 is not 11
      boolean placed = false;
      for (var position : oneOf) {
        var end = position.endsWith(" ") ? "" : "\\b";
        placed |= Pattern.compile(position + end).matcher(message).find();
      }
      if (!placed || !message.contains(cron)) {
        throw trial.broken(expected, Trial.describe(e), e.getStackTrace());
      }
      return;
    } catch (RuntimeException e) {
      throw trial.broken(expected, Trial.describe(e) + " was thrown", e.getStackTrace());
    }
    throw trial.broken(expected, "it was accepted");
  }
}
