package workbook.proof.recurring;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Due times that are wrong. */
public final class BrokenCivilCrons {

  static final Table CRON = new Table(WorkbookModule.RECURRING, "CivilCron");

  private static final String CHECK = "check(Objects.requireNonNull(cron, \"cron\"));";
  private static final String ZONE = "this.zone = Objects.requireNonNull(zone, \"zone\");";
  private static final String AFTER = "if (instant.isAfter(after)) {";
  private static final String CIVIL =
      "var civil = LocalDateTime.ofInstant(after, zone).minusDays(1);";
  private static final String ONE_TIME = "\"\\\\d+\\\\s+\\\\d+\\\\s+\\\\d+\\\\s.*\"";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          // what it means
          CRON.broken("due-at-once")
              .why("A time that is due is due again, and so on for ever.")
              .change(CIVIL, "var civil = LocalDateTime.ofInstant(after.minusSeconds(1), zone);")
              .change(AFTER, "if (!instant.isBefore(after)) {")
              .fails("6.1", "6.5", "6.6", "6.7"),
          CRON.broken("one-zone-for-all")
              .why("The zone is not handed on: all times are UTC.")
              .change(ZONE, "this.zone = ZoneOffset.UTC;")
              .change(
                  "new CronSchedule(cron.strip(), zone);",
                  "new CronSchedule(cron.strip(), ZoneOffset.UTC);")
              .fails("6.5", "6.6", "6.7", "6.8"),
          CRON.broken("zone-of-the-jvm")
              .why("Any zone but UTC is replaced by that of the JVM.")
              .change(
                  ZONE, "this.zone = zone.equals(ZoneOffset.UTC) ? zone : ZoneId.systemDefault();")
              .change(
                  "new CronSchedule(cron.strip(), zone);",
                  "new CronSchedule(cron.strip(), this.zone);")
              .fails("6.5", "6.6", "6.7"),
          CRON.broken("as-the-library-does")
              .why("The library alone: it leaves out the day on which the time does not exist.")
              .change("if (inCivilTime == null) {", "if (this.zone != null) {")
              .fails("6.6", "6.7"),
          CRON.broken("never-goes-on")
              .why("In the hour that comes twice the due time is one that has passed.")
              .change(AFTER, "if (!instant.equals(after)) {")
              .change(CIVIL, "var civil = LocalDateTime.ofInstant(after, zone);")
              .fails("6.6", "6.7"),
          CRON.broken("twice-in-autumn")
              .why("After the first 02:30 comes the second.")
              .change(
                  CIVIL,
                  "var civil = LocalDateTime.ofInstant(after, zone);\n"
                      + "    var again ="
                      + " civil.atZone(zone).withLaterOffsetAtOverlap().toInstant();\n"
                      + "    if (again.isAfter(after)\n"
                      + "        && next(inCivilTime,"
                      + " civil.minusSeconds(1).toInstant(ZoneOffset.UTC))\n"
                      + "            .equals(civil.toInstant(ZoneOffset.UTC))) {\n"
                      + "      return again;\n"
                      + "    }\n"
                      + "    civil = civil.minusDays(1);")
              .fails("6.7"),
          CRON.broken("over-at-three")
              .why("Counts from the clock on the wall: at 03:10 the 02:30 of the day has passed.")
              .change(CIVIL, "var civil = LocalDateTime.ofInstant(after, zone);")
              .fails("6.6"),
          CRON.broken("every-day-or-never")
              .why("Only a text that names every day is due on the day of the gap.")
              .change(ONE_TIME, "\"\\\\d+ \\\\d+ \\\\d+ \\\\? \\\\* \\\\*\"")
              .fails("6.6"),
          CRON.broken("back-in-autumn")
              .why("Several times of day are taken from the wall, too: of two the first, again.")
              .change(ONE_TIME, "\".*\"")
              .change(CIVIL, "var civil = LocalDateTime.ofInstant(after, zone);")
              .change(AFTER, "if (!instant.equals(after)) {")
              .fails("6.1", "6.6", "6.7"),
          CRON.broken("an-hour-late-in-spring")
              .why("Counts in the offset of winter.")
              .change(
                  "var instant = civil.atZone(zone).toInstant();",
                  "var instant = civil.toInstant(zone.getRules().getStandardOffset(after));")
              .fails("6.6"),
          // what it refuses
          CRON.broken("not-checked")
              .why("The library alone refuses, and says no position.")
              .change(CHECK, "Objects.requireNonNull(cron, \"cron\");")
              .fails("6.2", "6.3", "6.4"),
          CRON.broken("refused-when-it-is-due")
              .why("The text is parsed when the first due time is asked for.")
              .change(CHECK, "Objects.requireNonNull(cron, \"cron\");")
              .change(
                  "this.inZone = new CronSchedule(cron.strip(), zone);",
                  "this.inZone = new CronSchedule(\"-\", zone);")
              .change(
                  "ONE_TIME_OF_DAY.matcher(cron.strip()).matches()\n"
                      + "            ? new CronSchedule(cron.strip(), ZoneOffset.UTC)\n"
                      + "            : null;",
                  "null;\n    this.text = cron;")
              .change(
                  "private final ZoneId zone;",
                  "private final ZoneId zone;\n  private final String text;")
              .change(
                  "if (inCivilTime == null) {\n      return next(inZone, after);\n    }",
                  "if (inCivilTime == null) {\n"
                      + "      check(text);\n"
                      + "      return new CivilCron(text, zone, true).next(after);\n"
                      + "    }")
              .change(
                  "  @Override\n  public Instant next(Instant after) {",
                  "  private CivilCron(String cron, ZoneId zone, boolean now) {\n"
                      + "    this.zone = zone;\n"
                      + "    this.text = cron;\n"
                      + "    this.inZone = new CronSchedule(cron.strip(), zone);\n"
                      + "    this.inCivilTime =\n"
                      + "        ONE_TIME_OF_DAY.matcher(cron.strip()).matches()\n"
                      + "            ? new CronSchedule(cron.strip(), ZoneOffset.UTC)\n"
                      + "            : new CronSchedule(cron.strip(), ZoneOffset.UTC);\n"
                      + "  }\n\n"
                      + "  @Override\n  public Instant next(Instant after) {")
              .fails("6.2", "6.3", "6.4"),
          CRON.broken("position-from-0")
              .why("Positions are counted from 0.")
              .change("index + 1, why", "index, why")
              .fails("6.2", "6.3", "6.4"),
          CRON.broken("position-is-the-field")
              .why("The position is the number of the field.")
              .change(
                  "var wrong = wrong(cron, field.start(), FIELDS.get(n)",
                  "var wrong = wrong(cron, n, FIELDS.get(n)")
              .fails("6.2"),
          CRON.broken("without-the-text")
              .why("The message does not say which text.")
              .change(
                  "\"cron text '%s' is wrong at position %d: %s\".formatted(cron, index + 1, why)",
                  "\"a cron text is wrong at position %d: %s\".formatted(index + 1, why)")
              .fails("6.2", "6.3", "6.4"),
          CRON.broken("the-last-wrong-field")
              .why("Fields are checked from the last to the first.")
              .change(
                  "for (int n = 0; n < FIELDS.size(); n++) {\n      check(cron, n, fields.get(n));",
                  "for (int n = FIELDS.size() - 1; n >= 0; n--) {\n"
                      + "      check(cron, n, fields.get(n));")
              .fails("6.2"),
          CRON.broken("five-fields-filled-up")
              .why("Five fields are taken for those of Unix, and a second is put before them.")
              .change(
                  CHECK,
                  "cron = Objects.requireNonNull(cron, \"cron\").strip().split(\"\\\\s+\").length"
                      + " == 5\n"
                      + "        ? \"0 \" + cron.replaceFirst(\"\\\\*\", \"?\")\n"
                      + "        : cron;\n"
                      + "    check(cron);")
              .fails("6.3"),
          CRON.broken("seven-fields-cut-off")
              .why("What stands behind the sixth field is not looked at.")
              .change("if (fields.size() > FIELDS.size()) {", "if (false) {")
              .fails("6.3"),
          CRON.broken("minus-taken")
              .why("The library's sign for a job that is switched off is taken.")
              .change(CHECK, "if (!\"-\".equals(cron)) {\n      " + CHECK + "\n    }")
              .fails("6.3"),
          CRON.broken("any-hour")
              .why("A ? is taken in every field, as if it were a *.")
              .change(
                  CHECK,
                  "cron = Objects.requireNonNull(cron, \"cron\")\n"
                      + "        .replaceFirst(\"^(\\\\S+\\\\s+\\\\S+\\\\s+)\\\\?\", \"$1*\");\n"
                      + "    check(cron);")
              .fails("6.2"),
          CRON.broken("any-days")
              .why("Both day fields may say something.")
              .change(
                  "if (isAnyDay(fields.get(DAY_OF_MONTH)) == isAnyDay(fields.get(DAY_OF_WEEK))) {",
                  "if (false) {")
              .fails("6.4"),
          CRON.broken("numbers-as-days")
              .why("A number is taken as a day of the week.")
              .change(
                  "if (n == DAY_OF_WEEK && field.group().matches(\".*\\\\d.*\")) {", "if (false) {")
              .fails("6.4"),
          CRON.broken("null-is-utc")
              .why("Without a zone it is UTC.")
              .change(ZONE, "this.zone = zone == null ? ZoneOffset.UTC : zone;")
              .change(
                  "new CronSchedule(cron.strip(), zone);",
                  "new CronSchedule(cron.strip(), this.zone);")
              .fails("6.8"));

  private BrokenCivilCrons() {}
}
