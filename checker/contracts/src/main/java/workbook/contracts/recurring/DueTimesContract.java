package workbook.contracts.recurring;

import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.recurring.DueTimes;

/** The rules of the due times of a cron text. */
@Tag("step-1")
@Step(module = WorkbookModule.RECURRING, number = 1, type = "CivilCron")
public abstract class DueTimesContract {

  /** Makes the due times under test. */
  protected abstract DueTimes create(String cron, ZoneId zone);

  @Rule(
      number = "6.1",
      says = "A text MUST be due at the times that it names, each later than the one before.",
      check =
          "that the parser gets the whole text, in the right style, since cron texts have several;"
              + " that the next due time is computed from the time that was passed in",
      lookAt = "next")
  void dialect(Trial trial) {
    new CronTexts(trial, this).dialect();
  }

  @Rule(
      number = "6.2",
      says = "A wrong field MUST be refused with the text and the position of the field.",
      check =
          "that the constructor parses the text; that the position is the field's place in the"
              + " text, counted from 1; which fields your library accepts although the dialect does"
              + " not",
      lookAt = "<init>")
  void wrongField(Trial trial) {
    new CronTexts(trial, this).wrongField();
  }

  @Rule(
      number = "6.3",
      says =
          "A text of five or seven fields, an empty text, a nickname and '-' MUST be refused with"
              + " the text and a position.",
      check =
          "that fields are counted before the library sees the text; which texts the library treats"
              + " in a way of its own",
      lookAt = "<init>")
  void wrongCount(Trial trial) {
    new CronTexts(trial, this).wrongCount();
  }

  @Rule(
      number = "6.4",
      says =
          "A text MUST be refused when no day field or both are '?', or when a day of the week is a"
              + " number.",
      check =
          "that exactly one of the two day fields is a question mark; that days of the week are"
              + " names: 1 is Sunday for one library and Monday for another",
      lookAt = "<init>")
  void days(Trial trial) {
    new CronTexts(trial, this).days();
  }

  @Rule(
      number = "6.5",
      says = "The zone that was passed in MUST decide, whatever the zone of the JVM is.",
      check =
          "which calls take the zone of the JVM when none is given, such as a constructor with the"
              + " text alone",
      lookAt = {"CronSchedule", "next"})
  void zone(Trial trial) {
    new CivilDays(trial, this).zone();
  }

  @Rule(
      number = "6.6",
      says = "A daily text MUST be due once on the day on which its time does not exist.",
      check =
          "what your library makes of a time that is skipped: it may skip the day; what"
              + " LocalDateTime.atZone does in a gap; what is due after the gap and before the time"
              + " that was moved; texts that name some days only",
      lookAt = "next")
  void spring(Trial trial) {
    new CivilDays(trial, this).spring();
  }

  @Rule(
      number = "6.7",
      says = "A daily text MUST be due once on the day on which its time exists twice.",
      check =
          "what is due after the first of the two; what is due in between, when a run has taken"
              + " half an hour",
      lookAt = "next")
  void autumn(Trial trial) {
    new CivilDays(trial, this).autumn();
  }

  @Rule(
      number = "6.8",
      says = "A text that is null and a zone that is null MUST be refused.",
      check = "that the constructor checks its arguments",
      lookAt = "<init>")
  void nulls(Trial trial) {
    new CronTexts(trial, this).nulls();
  }

  @Rule(
      number = "6.45",
      says =
          "A text beyond the dialect MUST be refused when it is given, or be due at the times that"
              + " Quartz gives it.",
      check =
          "what your library makes of a range that runs over the end, such as NOV-FEB: it may"
              + " forget a half in silence; which texts it accepts and cannot compute later",
      lookAt = {"compile", "<init>"})
  void beyond(Trial trial) {
    new CronTexts(trial, this).beyond();
  }

  @Rule(
      number = "6.46",
      says = "A text that is never due MUST be refused with the text and a position.",
      check =
          "that the constructor asks once for a due time: the library gives the year 2500 for 30"
              + " February, and no exception",
      lookAt = "<init>")
  void never(Trial trial) {
    new CronTexts(trial, this).never();
  }
}
