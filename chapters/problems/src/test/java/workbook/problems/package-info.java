/** What the chapters claim of the programs behind their problems. */
@NullMarked
package workbook.problems;

import org.jspecify.annotations.NullMarked;
