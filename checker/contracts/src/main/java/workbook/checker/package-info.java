/**
 * How a rule is stated, tried and reported. A contract is an abstract JUnit class whose tests are
 * rules; a {@link workbook.checker.Trial} is what one rule is tried with; the {@link
 * workbook.checker.ReportCard} is what the learner reads.
 */
@NullMarked
package workbook.checker;

import org.jspecify.annotations.NullMarked;
