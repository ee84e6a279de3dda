package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.text.ParseException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.quartz.CronExpression;
import workbook.recurring.DueTimes;

/**
 * Ten thousand cron texts, the same in each run, are due in module 06's reference when Quartz says
 * so; a text that is never due is refused. Half of them are asked shortly before the clocks are
 * changed, in zones of both hemispheres. What is due on the day of a change is left out: Quartz
 * skips a time that does not exist, and rules of the chapter say what we do.
 */
class CronDialectTest {

  private static final int TEXTS = 10_000 * Integer.getInteger("proof.repeat", 1);
  private static final int SEED = 6;
  private static final int DUE_TIMES = 2;
  private static final int YEARS = 10;
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final List<String> DAYS = shortNames(Stream.of(DayOfWeek.values()));
  private static final List<String> MONTHS = shortNames(Stream.of(Month.values()));
  private static final List<ZoneId> ZONES =
      Stream.of(
              "UTC",
              "Europe/Berlin",
              "America/New_York",
              "America/St_Johns",
              "America/Santiago",
              "Australia/Sydney",
              "Australia/Lord_Howe",
              "Africa/Cairo",
              "Africa/Casablanca",
              "Antarctica/Troll",
              "Asia/Kolkata",
              "Pacific/Apia")
          .map(ZoneId::of)
          .toList();

  /** A text, its zone, and when it is asked. */
  private record Asked(String text, ZoneId zone, Instant after) {

    static Asked random(Random random) {
      var text = new Texts(random).text();
      var zone = ZONES.get(random.nextInt(ZONES.size()));
      var after = START.plusSeconds(random.nextLong(Duration.ofDays(YEARS * 365L).toSeconds()));
      var change = zone.getRules().nextTransition(after);
      return new Asked(
          text,
          zone,
          change == null || random.nextBoolean()
              ? after
              : change.getInstant().minusSeconds(random.nextInt(100_000)));
    }

    /** Whether the clocks are changed on the day of a due time, or close to it. */
    boolean isNearChange(Instant due) {
      var change = zone.getRules().nextTransition(due.minus(Duration.ofHours(26)));
      return change != null && change.getInstant().isBefore(due.plus(Duration.ofHours(26)));
    }
  }

  @Test
  void isThatOfQuartz() throws Exception {
    var type =
        Workshop.of("solutions/06-recurring").compile().all().stream()
            .filter(each -> each.getSimpleName().equals("CivilCron"))
            .findFirst()
            .orElseThrow();
    var maker = type.getConstructor(String.class, ZoneId.class);
    var random = new Random(SEED);
    var all = IntStream.range(0, TEXTS).mapToObj(_ -> Asked.random(random)).toList();
    var differences =
        all.parallelStream()
            .map(
                asked -> {
                  var ours =
                      ours(asked, () -> (DueTimes) maker.newInstance(asked.text, asked.zone));
                  return difference(asked, ours, quartz(asked));
                })
            .filter(text -> !text.isEmpty())
            .toList();
    assertThat(differences).as("of %d texts", TEXTS).isEmpty();
  }

  private static String difference(
      Asked asked, @Nullable List<Instant> ours, @Nullable List<Instant> quartz) {
    if (ours == null || quartz == null) {
      return ours == quartz ? "" : "%s: ours %s, Quartz %s".formatted(asked, ours, quartz);
    }
    boolean later =
        IntStream.range(0, ours.size())
            .allMatch(n -> ours.get(n).isAfter(n == 0 ? asked.after : ours.get(n - 1)));
    var one = ours.stream().filter(due -> !asked.isNearChange(due)).toList();
    var two = quartz.stream().filter(due -> !asked.isNearChange(due)).toList();
    // where some have been left out, one of the two has got further than the other
    int both = ours.equals(quartz) ? ours.size() : Math.min(one.size(), two.size());
    boolean same = ours.equals(quartz) || one.subList(0, both).equals(two.subList(0, both));
    boolean changed = one.size() < ours.size() || two.size() < quartz.size();
    return later && same && (changed || both == DUE_TIMES)
        ? ""
        : "%s: ours %s, Quartz %s".formatted(asked, ours, quartz);
  }

  private interface Maker {
    DueTimes make() throws ReflectiveOperationException;
  }

  /** The next due times; null if the text is refused. */
  private static @Nullable List<Instant> ours(Asked asked, Maker maker) {
    DueTimes times;
    try {
      times = maker.make();
    } catch (InvocationTargetException e) {
      assertThat(e.getCause()).as("%s", asked).isInstanceOf(IllegalArgumentException.class);
      return null;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    var due = new ArrayList<Instant>();
    for (var at = asked.after; due.size() < DUE_TIMES; due.add(at)) {
      at = times.next(at);
    }
    return due;
  }

  /** The same of Quartz; null if the text is never due. */
  private static @Nullable List<Instant> quartz(Asked asked) {
    CronExpression cron;
    try {
      cron = new CronExpression(asked.text);
    } catch (ParseException e) {
      throw new AssertionError("the text is not one of Quartz: " + asked, e);
    }
    cron.setTimeZone(TimeZone.getTimeZone(asked.zone));
    var due = new ArrayList<Instant>();
    for (var at = asked.after; due.size() < DUE_TIMES; due.add(at)) {
      var next = cron.getNextValidTimeAfter(Date.from(at));
      if (next == null) {
        return null;
      }
      at = next.toInstant();
    }
    return due;
  }

  /** Makes texts that both understand, ranges that run over the end among them. */
  private record Texts(Random random) {

    String text() {
      var time =
          random.nextInt(3) == 0
              ? "%d %d %d".formatted(between(0, 59), between(0, 59), between(0, 23))
              : String.join(" ", field(0, 59), field(0, 59), field(0, 23));
      var month = list(() -> random.nextBoolean() ? part(1, 12) : name(MONTHS));
      return random.nextBoolean()
          ? "%s %s %s ?".formatted(time, field(1, 31), month)
          : "%s ? %s %s".formatted(time, month, list(() -> name(DAYS)));
    }

    private String field(int least, int most) {
      return random.nextInt(3) == 0 ? "*" : list(() -> part(least, most));
    }

    private String list(Supplier<String> part) {
      int size = random.nextInt(3) == 0 ? between(1, 3) : 1;
      return String.join(",", Stream.generate(part).limit(size).toList());
    }

    private String part(int least, int most) {
      int from = between(least, most);
      int step = between(1, most - least);
      return switch (random.nextInt(6)) {
        case 0, 1 -> String.valueOf(from);
        case 2 -> from + "-" + between(least, most);
        case 3 -> from + "-" + between(least, most) + "/" + step;
        case 4 -> from + "/" + step;
        default -> "*/" + step;
      };
    }

    /** A name, a range of names or a star; Quartz overlooks a step behind a name. */
    private String name(List<String> names) {
      var one = names.get(random.nextInt(names.size()));
      return switch (random.nextInt(5)) {
        case 0, 1 -> one;
        case 2, 3 -> one + "-" + names.get(random.nextInt(names.size()));
        default -> "*";
      };
    }

    private int between(int least, int most) {
      return least + random.nextInt(most - least + 1);
    }
  }

  private static List<String> shortNames(Stream<? extends Enum<?>> values) {
    return values.map(value -> value.name().substring(0, 3)).toList();
  }
}
