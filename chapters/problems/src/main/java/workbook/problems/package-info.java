/**
 * The programs behind "The problem" of each chapter. Each shows what goes wrong without the thing
 * that the chapter builds, and prints what the chapter quotes. Those that measure time print other
 * numbers on another machine; what a chapter claims of them is counted, and tested.
 *
 * <ul>
 *   <li>01: {@link workbook.problems.JdkTimers}
 *   <li>02: {@link workbook.problems.DotNetQueue}, {@link workbook.problems.CheckThenAct}
 *   <li>03: {@link workbook.problems.CleanupMeasured}
 *   <li>04: {@link workbook.problems.StopTimeline}
 *   <li>05: {@link workbook.problems.DotNetEmails}
 *   <li>06: {@link workbook.problems.LibraryAlone}
 *   <li>07: {@link workbook.problems.DotNetHealthCheck}
 * </ul>
 *
 * <pre>{@code mvn -q compile exec:exec -pl chapters/problems -Dproblem=JdkTimers}</pre>
 */
@NullMarked
package workbook.problems;

import org.jspecify.annotations.NullMarked;
