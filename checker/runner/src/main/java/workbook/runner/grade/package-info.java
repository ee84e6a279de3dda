/**
 * Grades what others hand in: a whole class with one command. What a submission may use is read
 * from its class files before anything of it runs; it runs in a closed process of its own; only
 * verdicts that the checker has signed count.
 */
@NullMarked
package workbook.runner.grade;

import org.jspecify.annotations.NullMarked;
