package workbook.recurring;

import java.time.Instant;

/**
 * When a recurring job is due: the times that a cron text names in a time zone.
 *
 * <p><b>The text</b> has six fields: second, minute, hour, day of month, month, day of week. One or
 * more spaces stand between them, and may stand before and after them. A field is a {@code *}, a
 * number, a range ({@code 9-17}), a beginning with a step ({@code 5/15} is 5, 20, 35 and 50), or a
 * list of these ({@code 1,15}). Months may be written {@code JAN} to {@code DEC}. Days of the week
 * must be written {@code MON} to {@code SUN}: as numbers they mean different days to different
 * schedulers. Exactly one of the two day fields is a {@code ?}: the other one says on which days.
 *
 * <p><b>More than that</b> may be accepted, and then means what it means to Quartz, or refused: a
 * range that goes on over the end ({@code 22-2}, {@code NOV-FEB}, {@code 31-1}, {@code FRI-MON}), a
 * step after {@code *} or a range, small letters, {@code L}, {@code W} and {@code #}. Leading zeros
 * say nothing: {@code 010} is ten, or is refused. Nicknames such as {@code @daily} and the {@code
 * -} that switches a job off are refused, and so is a text that is never due, such as {@code 0 0 0
 * 30 2 ?}. A text that is accepted has a next due time at every point in time.
 *
 * <p><b>A wrong text</b> is refused as soon as it is given, with an IllegalArgumentException whose
 * message holds the text and {@code position N}: the place, counted from 1, where the first wrong
 * field begins in the text as it was given, with all its spaces. Where a field is missing it is the
 * place after the end of the text; where there are too many, the beginning of the first one too
 * many; where both day fields name days, or neither, or no year has such a day, the beginning of
 * either.
 *
 * <p><b>The zone</b> is part of the schedule, whatever the zone of the JVM or the database is.
 *
 * <p><b>When the clocks are changed.</b> A text that names one time of day, by a number in each of
 * its first three fields, such as {@code 0 30 2 ? * *}, is due once on each day that it names.
 * Where that time does not exist on a day, since the clocks are set forward over it, it is due when
 * they are, or as much later as they are set forward: at 03:00 or 03:30 where 02:00 becomes 03:00.
 * Where it exists twice, it is due at one of the two and not at the other. A text that names
 * several times of day may treat the changed hour in its own way.
 *
 * <p><b>Threads.</b> Immutable.
 */
@FunctionalInterface
public interface DueTimes {

  /**
   * The next due time.
   *
   * @param after a point in time
   * @return the first due time that is later than it, in whole seconds
   */
  Instant next(Instant after);
}
